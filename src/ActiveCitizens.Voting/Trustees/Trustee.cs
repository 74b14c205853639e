using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>One entry of the trustees file.</summary>
public abstract record Trustee
{
    private Trustee()
    {
    }

    /// <summary>Trustee numbers this entry takes.</summary>
    public abstract int Count { get; }

    /// <summary>A trustee without whom nothing can be decrypted.</summary>
    public sealed record Mandatory(TrusteeKey Key) : Trustee
    {
        public override int Count => 1;
    }

    /// <summary>Members of whom any <paramref name="Threshold"/> can decrypt.</summary>
    /// <param name="Certs">n, signed by each member under the key it names.</param>
    /// <param name="Coefexps">n, the members' public polynomials.</param>
    /// <param name="Signatures">n, over all certificates and the own polynomial; null in the legacy form.</param>
    /// <param name="VerificationKeys">n.</param>
    public sealed record Pedersen(int Threshold, IReadOnlyList<SignedMessage> Certs, IReadOnlyList<SignedMessage> Coefexps, IReadOnlyList<Proof>? Signatures, IReadOnlyList<TrusteeKey> VerificationKeys) : Trustee
    {
        /// <summary>The full form accepts more members than any city has.</summary>
        public const int MaxMembers = 100;

        public override int Count => VerificationKeys.Count;

        /// <summary>Certificates carry no context and nothing but the polynomials is signed; written before release 3.0.</summary>
        public bool IsLegacy => Signatures is null;

        internal static Pedersen ReadRest(ref CanonicalReader reader, Group group)
        {
            reader.Expect("{\"threshold\":"u8);
            var threshold = reader.Integer(1, MaxMembers);
            reader.Expect(",\"certs\":"u8);
            var certs = ReadMessages(ref reader, group, Certificate.MaxBytes(group), null);
            reader.Expect(",\"coefexps\":"u8);
            var coefexps = ReadMessages(ref reader, group, Polynomial.MaxBytes(group, threshold), certs.Count);
            Proof[]? signatures = null;
            if (reader.TryLiteral(",\"signatures\":"u8))
            {
                signatures = reader.Proofs(group, certs.Count);
            }

            reader.Expect(",\"verification_keys\":"u8);
            var keys = new List<TrusteeKey>();
            for (var i = 0; i < certs.Count; i++)
            {
                reader.Expect(i == 0 ? "["u8 : ","u8);
                keys.Add(TrusteeKey.Read(ref reader, group, signed: signatures is not null));
            }

            reader.Expect("]}"u8);
            return new(threshold, certs, coefexps, signatures, keys);
        }

        internal void Write(CanonicalWriter writer, Group group)
        {
            writer.Raw("{\"threshold\":"u8).Integer(Threshold)
                .Raw(",\"certs\":"u8).List(Certs, cert => cert.Write(writer, group))
                .Raw(",\"coefexps\":"u8).List(Coefexps, coefexps => coefexps.Write(writer, group));
            if (Signatures is not null)
            {
                writer.Raw(",\"signatures\":"u8).Proofs(group, Signatures);
            }

            writer.Raw(",\"verification_keys\":"u8).List(VerificationKeys, key => key.Write(writer, group)).Raw("}"u8);
        }

        /// <param name="count">How many there must be; null for 1 to <see cref="MaxMembers"/>.</param>
        private static List<SignedMessage> ReadMessages(ref CanonicalReader reader, Group group, int maxBytes, int? count)
        {
            var messages = new List<SignedMessage>();
            do
            {
                reader.Expect(messages.Count == 0 ? "["u8 : ","u8);
                messages.Add(SignedMessage.Read(ref reader, group, maxBytes));
            }
            while (messages.Count < (count ?? MaxMembers) && (count is not null || !reader.TryLiteral("]"u8)));
            if (count is not null)
            {
                reader.Expect("]"u8);
            }

            return messages;
        }
    }
}
