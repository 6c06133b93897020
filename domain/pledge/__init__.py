"""承诺 pledge: wording, chains, standing and refusals; its flows are in domain/flows, its hints in domain/four_clears."""
