using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Proofs;

/// <summary>A challenge and its response, w - secret * challenge: PROTOCOL.md section 3.</summary>
public sealed record Proof(Scalar Challenge, Scalar Response);

/// <summary>(g^r, y^r * g^m): PROTOCOL.md section 8.1.</summary>
public sealed record Ciphertext(Element Alpha, Element Beta);
