using System.Reflection;
using System.Text.RegularExpressions;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Tests.House;

/// <summary>The house as docs/architecture.md draws it.</summary>
public sealed partial class ArchitectureTests
{
    private const string Features = "ActiveCitizens.Web.Features.";

    [Fact]
    public void An_area_never_reaches_into_the_pages_of_another()
    {
        var faults = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "src", "ActiveCitizens.Web", "Features"), "*.cs*", SearchOption.AllDirectories))
        {
            var area = Path.GetRelativePath(Path.Combine(Root(), "src", "ActiveCitizens.Web", "Features"), file).Split(Path.DirectorySeparatorChar)[0];
            foreach (Match used in UsedAction().Matches(File.ReadAllText(file)))
            {
                if (used.Groups["area"].Value != area && PageModels().Any(page => page.Namespace == used.Groups["name"].Value))
                {
                    faults.Add($"{Path.GetFileName(file)} uses {used.Groups["name"].Value}");
                }
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void Pure_libraries_know_no_web_database_clock_or_network()
    {
        var known = typeof(Instance).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();
        Assert.DoesNotContain(known, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || name is "System.Net.Http" or "System.Net.Sockets" or "System.Console");
        var sources = Directory.EnumerateFiles(Path.Combine(Root(), "src", "ActiveCitizens.Budgeting"), "*.cs", SearchOption.AllDirectories);
        Assert.DoesNotContain(sources, file => ImpureWords().IsMatch(File.ReadAllText(file)));
    }

    [Fact] // DateTime.Now in a handler cannot be tested, and is wrong twice a year.
    public void Time_comes_from_the_clock_that_is_passed_in()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories);
        Assert.DoesNotContain(sources, file => WallClock().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void Classes_are_sealed_unless_made_to_be_derived_from()
    {
        var open = typeof(City).Assembly.GetTypes().Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false, IsPublic: true }
            && type.Namespace?.StartsWith(Features, StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal)
            && !type.Name.Contains('_', StringComparison.Ordinal));
        Assert.Empty(open.Select(type => type.FullName));
    }

    private static List<Type> PageModels() => [.. typeof(City).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageModel)))];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActiveCitizens.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"using (?<name>ActiveCitizens\.Web\.Features\.(?<area>\w+)\.\w+)")]
    private static partial Regex UsedAction();

    [GeneratedRegex(@"new Random\(|File\.(Open|Read|Write)|HttpClient|Console\.|DateTime(Offset)?\.(Utc)?Now")]
    private static partial Regex ImpureWords();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex WallClock();
}
