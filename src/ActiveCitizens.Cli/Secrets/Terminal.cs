using System.Text;

namespace ActiveCitizens.Cli.Secrets;

/// <summary>Asks the person at the terminal, without showing what is typed.</summary>
internal static class Terminal
{
    public static Func<string, string?>? AskSecret { get; } = Console.IsInputRedirected ? null : Ask;

    private static string? Ask(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                return typed.Length == 0 ? null : typed.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }
    }
}
