namespace ActiveCitizens.Web.Features.Elections;

/// <summary>How many electors of a neighbourhood have voted, each way.</summary>
public sealed record Turnout(int Online, int PollingStation, int Post)
{
    public static Turnout None { get; } = new(0, 0, 0);

    public int Voters => Online + PollingStation + Post;
}
