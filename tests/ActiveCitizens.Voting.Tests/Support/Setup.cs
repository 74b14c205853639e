using System.Runtime.CompilerServices;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Tests.Groups;

namespace ActiveCitizens.Voting.Tests.Support;

internal static class Setup
{
    [ModuleInitializer]
    internal static void UseReference() => KnownGroups.Source = name => name is "Ed25519" or "BELENIOS-2048" or "RFC-3526-2048" ? ReferenceGroup.Find(name) : null;
}
