namespace ActiveCitizens.EndToEnd.Harness;

/// <summary>Where the built programs and the files of this clone are; says how to get what is missing.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();
    public static readonly string WebFolder = Path.Combine(Root, "src", "ActiveCitizens.Web");

    public static string Ballots(string name) => Path.Combine(Root, "tests", "ActiveCitizens.Budgeting.Tests", "Data", "data", name);

    public static string SiteProgram() => Existing(
        Path.Combine(Root, "artifacts", "bin", "ActiveCitizens.Web", "release", "ActiveCitizens.Web.dll"), "dotnet build src/ActiveCitizens.Web -c Release");

    public static string CommandLineProgram() => Existing(
        Path.Combine(Root, "artifacts", "bin", "ActiveCitizens.Cli", "release", "activecitizens"), "dotnet build src/ActiveCitizens.Cli -c Release");

    public static string Chromium() => Existing("/usr/bin/chromium", "sudo apt-get install chromium");

    private static string Existing(string path, string command) =>
        File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing. Get it with: {command}");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ActiveCitizens.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No ActiveCitizens.slnx above {AppContext.BaseDirectory}.");
    }
}
