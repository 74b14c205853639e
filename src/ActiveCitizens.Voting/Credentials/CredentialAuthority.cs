using System.Security.Cryptography;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Credentials;

/// <summary>What the credential authority makes: a secret per voter, and the list that says nothing about who is who.</summary>
/// <param name="Private">In the order of the voters.</param>
/// <param name="PublicKeys">str(g^s), in the order of the voters: to be kept secret, or thrown away.</param>
/// <param name="PublicList">Sorted; the file of the archive.</param>
public sealed record IssuedCredentials(IReadOnlyList<PrivateCredential> Private, IReadOnlyList<string> PublicKeys, ReadOnlyMemory<byte> PublicList);

/// <summary>Makes the credentials of an election: PROTOCOL.md section 4.</summary>
public static class CredentialAuthority
{
    /// <summary>One power of the generator per voter.</summary>
    /// <param name="uuid">Of the election.</param>
    /// <param name="voters">How many, 0 or more.</param>
    /// <param name="weights">One per voter, or null when all count once.</param>
    public static IssuedCredentials Issue(Group group, string uuid, int voters, IReadOnlyList<long>? weights, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(group);
        var secrets = Enumerable.Range(0, voters).Select(_ => PrivateCredential.Generate(random)).ToList();
        var keys = group.Encode([.. secrets.Select(secret => group.GeneratorPower(secret.Derive(group, uuid)))]);
        return new(secrets, keys, PublicCredentials.Write(keys, weights));
    }
}
