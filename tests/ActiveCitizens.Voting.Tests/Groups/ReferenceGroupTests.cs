namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>The yardstick itself gives the published answers.</summary>
public sealed class ReferenceGroupTests
{
    [Theory, InlineData("Ed25519"), InlineData("BELENIOS-2048"), InlineData("RFC-3526-2048")]
    public void The_slow_groups_give_the_known_answers(string name) => KnownAnswers.Check(ReferenceGroup.Find(name));

    [Theory, InlineData("Ed25519"), InlineData("RFC-3526-2048")]
    public void The_slow_groups_give_the_known_shuffle_generators(string name) => KnownAnswers.CheckGenerators(ReferenceGroup.Find(name));

    [Theory, InlineData("Ed25519"), InlineData("RFC-3526-2048")]
    public void The_slow_groups_embed_integers_as_published(string name) => KnownAnswers.CheckEmbedding(ReferenceGroup.Find(name));

    [Fact]
    public void The_slow_curve_refuses_what_must_be_refused() => KnownAnswers.CheckRejected(ReferenceGroup.Find("Ed25519"));
}
