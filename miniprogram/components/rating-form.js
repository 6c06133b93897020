/**
 * 评价表：five levels, then one tap to send: the button stays in view with who will see what right above it; tags, words and
 * another privacy level are there for whoever wants them.
 *
 * Given `options` (levels with their tags, privacy levels with who sees what) and `initial` (a draft). Tells `edit` with the
 * whole draft at every change, so that the page can keep it, and `send` with the draft.
 */
const drafts = require("../services/drafts");

/** The rows of the form: what is offered, with what is chosen marked. */
function rows(options, draft) {
  const levels = options.levels.map((one) => Object.assign({}, one, { stars: "★".repeat(one.level), on: one.level === draft.level }));
  const chosen = levels.find((one) => one.on);
  const tags = chosen ? chosen.tags.map((tag) => ({ tag, on: draft.tags.indexOf(tag) >= 0 })) : [];
  const privacies = options.privacies.map((one) => Object.assign({}, one, { on: one.value === draft.privacy }));
  const asked = privacies.find((one) => one.on);
  const saying = asked ? `${asked.chinese}：${asked.sentence}` : "";
  return { levels, tags, privacies, saying, chosen: chosen ? chosen.chinese : "" };
}

Component({
  options: { addGlobalClass: true },

  properties: {
    options: { type: Object, value: { levels: [], privacies: [], longest: 500 } },
    initial: { type: Object, value: drafts.empty() },
    busy: Boolean,
    notice: String,
    verb: { type: String, value: "提交评价" },
  },

  data: { draft: drafts.empty(), written: "", levels: [], tags: [], privacies: [], saying: "", chosen: "" },

  observers: {
    // WeChat may hand over the same draft again whenever the page changes anything: only another draft starts the form anew.
    "options, initial"(options, initial) {
      const began = JSON.stringify(initial);
      const isNew = began !== this.began;
      this.began = began;
      const draft = isNew ? Object.assign(drafts.empty(), initial) : this.data.draft;
      this.setData(Object.assign({ draft }, isNew ? { written: draft.text } : {}, rows(options, draft)));
    },
  },

  methods: {
    pickLevel(event) {
      const level = event.currentTarget.dataset.level;
      if (level !== this.data.draft.level) this.edit({ level, tags: [] }); // tags belong to their level
    },

    toggleTag(event) {
      const tag = event.currentTarget.dataset.tag;
      const tags = this.data.draft.tags;
      this.edit({ tags: tags.indexOf(tag) >= 0 ? tags.filter((one) => one !== tag) : tags.concat(tag) });
    },

    pickPrivacy(event) {
      this.edit({ privacy: event.currentTarget.dataset.value });
    },

    write(event) {
      this.edit({ text: event.detail.value });
    },

    edit(change) {
      const draft = Object.assign({}, this.data.draft, change);
      this.setData(Object.assign({ draft }, rows(this.data.options, draft)));
      this.triggerEvent("edit", draft);
    },

    send() {
      if (!this.data.busy) this.triggerEvent("send", this.data.draft);
    },
  },
});
