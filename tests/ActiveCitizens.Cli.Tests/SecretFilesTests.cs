using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli.Tests;

public sealed class SecretFilesTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Secrets_are_sealed_owner_only_and_open_with_the_passphrase_alone()
    {
        _command.Save("passphrase", Passphrase + "\n");
        _command.Save("roll.csv", "id;address\nv1;=HYPERLINK(1)\nv2;\"12, rue Haute\"\n");
        _command.Json("credentials", "generate", "@roll.csv", "--out", "@a", "--passphrase-file", "@passphrase");
        _command.Json("trustee", "key", "new", "--name", "Anna", "--out", "@a", "--passphrase-file", "@passphrase");
        foreach (var secret in new[] { "a/private_credentials.json", "a/Anna.privkey" })
        {
            Assert.StartsWith("{\"sealed\":1,", File.ReadAllText(_command.PathOf(secret)), StringComparison.Ordinal);
            AssertOwnerOnly(secret);
        }

        _command.Json("credentials", "letters", "@a/private_credentials.json", "--roll", "@roll.csv", "--out", "@letters.csv", "--passphrase-file", "@passphrase");
        AssertOwnerOnly("letters.csv");
        var letters = File.ReadAllLines(_command.PathOf("letters.csv"));
        Assert.Equal("id,address,credential", letters[0]);
        Assert.Matches("^v1,'=HYPERLINK\\(1\\),[1-9A-Za-z]{5}-[1-9A-Za-z]{6}-[1-9A-Za-z]{5}-[1-9A-Za-z]{6}$", letters[1]);
        Assert.StartsWith("v2,\"12, rue Haute\",", letters[2], StringComparison.Ordinal);

        _command.Save("passphrase", "another passphrase");
        Assert.Contains("the passphrase is wrong", _command.Refused("credentials", "letters", "@a/private_credentials.json", "--roll", "@roll.csv", "--out", "@l2.csv", "--passphrase-file", "@passphrase"), StringComparison.Ordinal);
        _command.Save("passphrase", Passphrase);
        Assert.Contains("holds a private key of a trustee; expected", _command.Refused("credentials", "letters", "@a/Anna.privkey", "--roll", "@roll.csv", "--out", "@l2.csv", "--passphrase-file", "@passphrase"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_file_can_be_opened_with_what_its_description_says()
    {
        _command.Save("passphrase", Passphrase);
        _command.Json("trustee", "key", "new", "--name", "Anna", "--out", "@.", "--passphrase-file", "@passphrase");
        var json = JsonNode.Parse(File.ReadAllText(_command.PathOf("Anna.privkey")))!;
        byte[] Bytes(string member) => Convert.FromBase64String((string)json[member]!);
        Assert.Equal(("PBKDF2-HMAC-SHA256", 600_000, "AES-256-GCM"), ((string)json["kdf"]!, (int)json["rounds"]!, (string)json["cipher"]!));
        using var cipher = new AesGcm(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Passphrase), Bytes("salt"), 600_000, HashAlgorithmName.SHA256, 32), 16);
        var content = Bytes("content");
        var plain = new byte[content.Length - 16];
        cipher.Decrypt(Bytes("nonce"), content.AsSpan()[..^16], content.AsSpan()[^16..], plain, "private key of a trustee"u8);
        Assert.Matches("^\"[0-9]{70,80}\"$", Encoding.ASCII.GetString(plain));
    }

    [Fact]
    public void A_passphrase_is_asked_for_twice_and_must_be_long_and_the_same()
    {
        Assert.Contains("differ", Ask(Passphrase, "another passphrase").Errors, StringComparison.Ordinal);
        Assert.Contains("has 5 characters", Ask("short", "short").Errors, StringComparison.Ordinal);
        Assert.Contains("is needed", Ask().Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_command.Folder));
        Assert.Equal(0, Ask(Passphrase, Passphrase).Exit);

        (int Exit, string Errors) Ask(params string[] answers)
        {
            var left = new Queue<string>(answers);
            using var output = new MemoryStream();
            using var errors = new StringWriter();
            var exit = CommandLine.Run(["trustee", "key", "new", "--name", "Anna", "--out", _command.Folder], output, errors, progress: false, wide: true, _ => left.TryDequeue(out var answer) ? answer : null);
            return (exit, errors.ToString());
        }
    }

    [Fact]
    public void No_file_is_overwritten()
    {
        _command.Save("roll.csv", "id\nv1\n");
        _command.Json("credentials", "generate", "@roll.csv", "--out", "@a", "--plain");
        var before = File.ReadAllBytes(_command.PathOf("a/private_credentials.json"));
        Assert.Contains("is there already", _command.Refused("credentials", "generate", "@roll.csv", "--out", "@a", "--plain"), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_command.PathOf("a/private_credentials.json")));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_command.PathOf("a")).Count());
    }

    [Theory]
    [InlineData("id\nv1\nv1\n", "line 3: the voter \"v1\" is on the roll already")]
    [InlineData("name\nAnna\n", "there is no column \"id\"")]
    [InlineData("id\n", "names no voter")]
    [InlineData("id,weight\nv1,-1\n", "weight is \"-1\"")]
    [InlineData("id,weight\nv1,9999999999\n", "expected less than")]
    [InlineData("id,name\nv1,\"A\n", "quotation mark")]
    public void A_bad_roll_is_explained(string roll, string reason)
    {
        _command.Save("roll.csv", roll);
        Assert.Contains(reason, _command.Refused("credentials", "generate", "@roll.csv", "--out", "@a", "--plain"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public void A_trustee_s_name_cannot_leave_the_folder(string name) =>
        Assert.Contains("--name is", _command.Refused("trustee", "key", "new", "--name", name, "--out", "@.", "--plain"), StringComparison.Ordinal);

    [Fact]
    public async Task Stopping_long_work_leaves_no_file_behind()
    {
        _command.Save("roll.csv", "id\n" + string.Concat(Enumerable.Range(0, 400_000).Select(i => $"v{i}\n")));
        await StopAsync("credentials", "generate", _command.PathOf("roll.csv"), "--out", _command.PathOf("a"), "--plain");
    }

    [Fact]
    public async Task Stopping_work_that_cannot_be_interrupted_leaves_no_file_behind()
    {
        // Opening a pipe that nobody writes to waits for ever.
        var pipe = _command.PathOf("passphrase");
        Assert.Equal(0, mkfifo(Encoding.UTF8.GetBytes(pipe + "\0"), 0x180));
        await StopAsync("trustee", "key", "new", "--name", "Anna", "--out", _command.PathOf("a"), "--passphrase-file", pipe);
    }

    /// <summary>Runs the built program until it has begun two files in the folder a, and presses Ctrl-C.</summary>
    private async Task StopAsync(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        var program = Path.Combine(AppContext.BaseDirectory, "activecitizens");
        // A shell's background jobs ignore Ctrl-C, and so does what they start unless told otherwise.
        using var process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var waited = Stopwatch.StartNew();
        while (!Directory.Exists(_command.PathOf("a")) || Directory.GetFiles(_command.PathOf("a")).Length < 2)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited, "the work did not begin");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, kill(process.Id, 2));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_command.PathOf("a")));
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkfifo(byte[] path, uint mode);

    private void AssertOwnerOnly(string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_command.PathOf(name)));
        }
    }
}
