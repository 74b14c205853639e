using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.ProclaimResult;
using ActiveCitizens.Web.Tests.Harness;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>The board: who sits on it, their keys, the electors' codes, the decryption.</summary>
public sealed class BoardTests
{
    private static readonly RandomNumberGenerator Random = RandomNumberGenerator.Create();

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_office_names_each_person_once_and_forms_the_board_when_it_is_complete(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Called(city);
        var path = $"/administration/elections/{sample.Election.Id}/board";
        var office = city.SignedIn(Role.Officer);
        using var early = await office.FillAndPostAsync(path, new Dictionary<string, string>(), "#form-board");
        var said = CityBrowser.TextOf(await CityBrowser.ParseAsync(early));
        Assert.Contains("Nommez une présidente ou un président", said, StringComparison.Ordinal);
        Assert.Contains("Nommez au moins 2 personnes", said, StringComparison.Ordinal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.FillAndPostAsync(path, Person("Anna", "ANNA@example.org", BoardDuty.Trustee), "#name")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        await Task.WhenAll(new[] { "bilal", "chloe" }.Select(name => office.FillAndPostAsync(path, Person(name, $"{name}@example.org", BoardDuty.Trustee), "#name")));
        await office.FillAndPostAsync(path, Person("Dora", "dora@example.org", BoardDuty.President), "#name");
        using var second = await office.FillAndPostAsync(path, Person("Emma", "emma@example.org", BoardDuty.President), "#name");
        Assert.NotNull((await CityBrowser.ParseAsync(second)).QuerySelector(".ds-error-summary a[href='#Input_Duty']"));
        using var empty = await office.FillAndPostAsync(path, Person("", "", BoardDuty.Trustee), "#name");
        Assert.NotNull((await CityBrowser.ParseAsync(empty)).QuerySelector(".ds-error-summary a[href='#Input_Name']"));
        Assert.Equal([1, 2, 3], Numbers(city, sample));

        var anna = city.InDb(db => db.Set<BoardMember>().SingleAsync(one => one.ElectionId == sample.Election.Id && one.Email == "anna@example.org"));
        using var removed = await office.FillAndPostAsync(path, new Dictionary<string, string>(), $"form:has(input[value='{anna.Id}'])");
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Equal([1, 2], Numbers(city, sample));
        Assert.Null(sample.ReadState().TrusteesDocument);

        using var formed = await office.FillAndPostAsync(path, new Dictionary<string, string>(), "#form-board");
        Assert.Equal(HttpStatusCode.Redirect, formed.StatusCode);
        Assert.True(IsDone(city, sample, ElectionStep.BoardFormed));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Trustees_hand_in_their_public_keys_and_the_last_one_completes_the_file(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = Unkeyed(city, trustees: 3, threshold: null);
        var browsers = Members(city, sample);
        var keys = browsers.Select(_ => TrusteePrivateKey.Generate(Group.Ed25519, Random)).ToList();
        using var secret = await HandInAsync(browsers[0], sample, TrusteePrivateKey.Write(Group.Ed25519, keys[0]));
        Assert.Equal(HttpStatusCode.OK, secret.StatusCode);
        Assert.Null(city.InDb(db => db.Set<BoardMember>().SingleAsync(one => one.ElectionId == sample.Election.Id && one.TrusteeNumber == 1)).PublicKey);

        var documents = keys.Select((key, i) => TrusteeKey.Prove(Group.Ed25519, key, $"Membre {i + 1}", Random).ToDocument(Group.Ed25519)).ToList();
        using (var first = await HandInAsync(browsers[0], sample, documents[0]))
        {
            Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        }

        using var copied = await HandInAsync(browsers[1], sample, documents[0]);
        Assert.Contains("another trustee has this key", await copied.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var last = await Task.WhenAll(HandInAsync(browsers[1], sample, documents[1]), HandInAsync(browsers[2], sample, documents[2]));
        Assert.All(last, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(documents.Select(document => TrusteeKey.Read(document, Group.Ed25519).Text), TrusteeSet.Read(sample.ReadState().TrusteesDocument, Group.Ed25519).Keys.Select(key => key.Text));
        Assert.True(IsDone(city, sample, ElectionStep.KeysMade));
        Assert.Contains(TrusteeKey.Read(documents[0], Group.Ed25519).Checksum.Hex, (await browsers[0].ReadAsync($"/board/{sample.Election.Slug}/key")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_key_ceremony_by_files_gives_a_key_that_two_of_three_can_use(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = Unkeyed(city, trustees: 3, threshold: 2);
        var browsers = Members(city, sample);
        var setting = new CeremonySetting(Group.Ed25519, 3, 2);
        var members = Enumerable.Range(1, 3).Select(i => new CeremonyMember(setting, i, ThresholdSeed.Generate(Random))).ToList();

        var certificates = members.Select(member => member.MakeCertificate(Random)).ToList();
        using (var foreign = await HandInAsync(browsers[0], sample, certificates[1]))
        {
            Assert.Equal(HttpStatusCode.OK, foreign.StatusCode);
        }

        await AllHandInAsync(browsers, sample, certificates);
        using (var page = await browsers[0].GetAsync($"/board/{sample.Election.Slug}/key?handler=Document&round=1&author=2"))
        {
            Assert.Equal(certificates[1], await page.Content.ReadAsByteArrayAsync());
            Assert.Equal("certificate-2.json", page.Content.Headers.ContentDisposition!.FileName);
        }

        // The browser gets what is complete, and who it works for.
        using (var work = JsonDocument.Parse((await browsers[2].ReadAsync($"/board/{sample.Election.Slug}/key")).QuerySelector("#ceremony-work")!.TextContent))
        {
            Assert.Equal((3, 2, 3, "Membre 3"), (work.RootElement.GetProperty("size").GetInt32(), work.RootElement.GetProperty("needed").GetInt32(), work.RootElement.GetProperty("member").GetInt32(), work.RootElement.GetProperty("name").GetString()));
            Assert.Equal(certificates.Select(System.Text.Encoding.UTF8.GetString), Assert.Single(work.RootElement.GetProperty("rounds").EnumerateArray()).EnumerateArray().Select(one => one.GetString()!));
        }

        var certified = Done(CertificateSet.Read(setting, Documents(certificates)));
        var commitments = members.Select(member => Done(member.MakeCommitment(certified, Random))).ToList();
        await AllHandInAsync(browsers, sample, commitments);
        var committed = Done(CommitmentSet.Read(certified, Documents(commitments)));
        var reveals = members.Select(member => Done(member.MakeReveal(committed, Random))).ToList();
        await AllHandInAsync(browsers, sample, reveals);
        var revealed = Done(RevealSet.Read(committed, Documents(reveals)));
        Assert.Null(sample.ReadState().TrusteesDocument);
        await AllHandInAsync(browsers, sample, [.. members.Select((member, i) => Done(member.MakeVerificationKey(revealed, $"Membre {i + 1}", Random)))]);

        var trustees = TrusteeSet.Read(sample.ReadState().TrusteesDocument, Group.Ed25519);
        Assert.Null(trustees.FindProblem());
        Assert.Equal(2, Assert.IsType<Trustee.Pedersen>(Assert.Single(trustees.Entries)).Threshold);
        Assert.True(IsDone(city, sample, ElectionStep.KeysMade));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task When_a_trustee_leaves_the_keys_of_those_who_stay_are_enough_to_seal(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = Unkeyed(city, trustees: 3, threshold: null);
        var browsers = Members(city, sample);
        var documents = browsers.Select((_, i) => TrusteeKey.Prove(Group.Ed25519, TrusteePrivateKey.Generate(Group.Ed25519, Random), $"Membre {i + 1}", Random).ToDocument(Group.Ed25519)).ToList();
        await AllHandInAsync(browsers, sample, documents);

        await RemoveAsync(city, sample, "membre2@example.org");
        Assert.Equal(new[] { documents[0], documents[2] }.Select(document => TrusteeKey.Read(document, Group.Ed25519).Text), TrusteeSet.Read(sample.ReadState().TrusteesDocument, Group.Ed25519).Keys.Select(key => key.Text));
        Assert.Equal([1, 2], Numbers(city, sample));
        Assert.True(IsDone(city, sample, ElectionStep.KeysMade));

        // One alone could decrypt: the step is to be done again, with somebody new.
        await RemoveAsync(city, sample, "membre3@example.org");
        Assert.Null(sample.ReadState().TrusteesDocument);
        Assert.False(IsDone(city, sample, ElectionStep.KeysMade));
        Assert.Contains(Assert.IsType<Features.Elections.SealElection.SealElectionResult.NotReady>(sample.Seal()).Problems, problem => problem is Features.Elections.SealElection.SealProblem.StepMissing(ElectionStep.KeysMade));
        AddTrustee(city, sample, 2);
        using var fresh = await HandInAsync(browsers[1], sample, documents[1]);
        Assert.Equal(HttpStatusCode.Redirect, fresh.StatusCode);
        Assert.True(IsDone(city, sample, ElectionStep.KeysMade));
        Assert.IsType<Features.Elections.SealElection.SealElectionResult.Sealed>(sample.Seal());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task When_a_member_of_the_ceremony_leaves_it_begins_again_and_waits_until_enough_are_named(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = Unkeyed(city, trustees: 2, threshold: 2);
        var browsers = Members(city, sample);
        using (var first = await HandInAsync(browsers[0], sample, new CeremonyMember(new(Group.Ed25519, 2, 2), 1, ThresholdSeed.Generate(Random)).MakeCertificate(Random)))
        {
            Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        }

        await RemoveAsync(city, sample, "membre2@example.org");
        Assert.Equal(0, city.InDb(db => db.Set<CeremonyMessage>().CountAsync(one => one.ElectionId == sample.Election.Id)));
        var path = $"/board/{sample.Election.Slug}/key";
        var waiting = await browsers[0].ReadAsync(path);
        Assert.Null(waiting.QuerySelector("#hand-in"));
        Assert.Contains("moins de détenteurs", waiting.Body!.TextContent, StringComparison.Ordinal);
        AddTrustee(city, sample, 2);
        Assert.NotNull((await browsers[0].ReadAsync(path)).QuerySelector("#hold-ceremony[data-board=ceremony]"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_credential_authority_hands_in_one_code_per_elector_and_nothing_secret(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Called(city, contests: 2, electors: 4);
        city.InDb(db => db.Set<Contest>().Where(one => one.ElectionId == sample.Election.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.CredentialsDocument, (byte[]?)null)));
        var authority = city.SignedInAs(city.AddAccount($"codes-{sample.Election.Slug}@example.org"));
        var path = $"/board/{sample.Election.Slug}/codes";
        var page = await authority.ReadAsync(path);
        using var work = JsonDocument.Parse(page.QuerySelector("#codes-work")!.TextContent);
        Assert.Equal(sample.Contests.Select(one => one.Contest.Uuid), work.RootElement.EnumerateArray().Select(one => one.GetProperty("uuid").GetString()!));
        var code = sample.Contests[0].Contest.NeighbourhoodCode.ToLowerInvariant();
        Assert.Equal("[1,2,3,4]", await (await authority.GetAsync($"{path}?handler=Numbers&code={code}")).Content.ReadAsStringAsync());
        Assert.StartsWith("id,name,address,postcode,town\r\n1,Dominique ÉLECTEUR1,1 rue de la République,47000,Agen\r\n", await (await authority.GetAsync($"{path}?handler=Roll&code={code}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var texts = JsonDocument.Parse(await (await authority.GetAsync($"{path}?handler=Letters&code={code}")).Content.ReadAsStringAsync());
        Assert.EndsWith($"/vote/{sample.Election.Slug}/{code}", texts.RootElement.GetProperty("booth").GetString(), StringComparison.Ordinal);

        using (var facts = JsonDocument.Parse(await (await authority.GetAsync($"{path}?handler=LetterFacts&code={code}")).Content.ReadAsStringAsync()))
        {
            var first = facts.RootElement.GetProperty("electors")[0];
            Assert.Equal(["Dominique ÉLECTEUR1", "1 rue de la République", "47000 Agen"], first.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!));
            Assert.Equal(texts.RootElement.GetProperty("booth").GetString(), facts.RootElement.GetProperty("texts").GetProperty("booth").GetString());
            Assert.Equal(HttpStatusCode.Forbidden, (await city.SignedIn(Role.Administrator).GetAsync($"{path}?handler=LetterFacts&code={code}")).StatusCode);
        }

        using var tooFew = await PostListsAsync(authority, path, sample.Contests.Select((one, i) => (one, List(one, 4 - i))));
        Assert.Contains("4 électeurs et cette liste 3 codes", await tooFew.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, WithLists(city, sample));
        using var kept = await PostListsAsync(authority, path, sample.Contests.Select(one => (one, List(one, 4))));
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        Assert.Equal(2, WithLists(city, sample));
        Assert.True(IsDone(city, sample, ElectionStep.CredentialsMade));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_trustee_hands_in_a_part_that_is_checked_and_nobody_else_can(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Called(city, electors: 3);
        for (var number = 1; number <= 3; number++)
        {
            AddTrustee(city, sample, number);
        }

        sample.Seal();
        var contest = sample.Contests[0];
        sample.Cast(contest, contest.Electors[0], 1);
        sample.Close();
        var browsers = Members(city, sample);
        var path = $"/board/{sample.Election.Slug}/decrypt";
        using var archive = await city.Anonymous().GetAsync($"/elections/{sample.Election.Slug}/{contest.Contest.NeighbourhoodCode.ToLowerInvariant()}/archive.bel");
        Assert.Equal(sample.Archive(contest).ToArray(), await archive.Content.ReadAsByteArrayAsync());
        var contents = sample.Verify(contest).Contents!;
        byte[] Part(int trustee) => PartialDecryption.Make(contents.Election, contents.ToDecrypt!, sample.TrusteeKeys[trustee - 1], Random);

        Dictionary<string, (string, byte[])> File(int trustee) => new() { ["file"] = ("part.json", Part(trustee)) };
        const string Form = "form:has(input[name=code])";
        using var wrong = await browsers[0].FillAndPostAsync(path, new Dictionary<string, string>(), Form, File(2));
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        for (var number = 1; number <= 3; number++)
        {
            using var kept = await browsers[number - 1].FillAndPostAsync(path, new Dictionary<string, string>(), Form, File(number));
            Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        }

        Assert.Equal(BoxState.Decrypted, sample.Read(contest).Box);
        var authority = city.SignedInAs(city.AddAccount($"codes-{sample.Election.Slug}@example.org"));
        Assert.Equal(HttpStatusCode.Forbidden, (await authority.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_board_page_leads_every_member_to_what_their_duty_asks_now()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city);
        var (president, assessor) = (sample.Member(BoardDuty.President), sample.Member(BoardDuty.Assessor));
        Assert.Equal(["desk", "watch"], await RoomsAsync(president));
        Assert.Equal(["desk", "watch"], await RoomsAsync(assessor));
        sample.Close();
        Assert.Equal(["paper", "proclaim", "watch"], await RoomsAsync(president));
        Assert.Equal(["paper", "watch"], await RoomsAsync(assessor));

        async Task<IEnumerable<string>> RoomsAsync(CityBrowser browser)
        {
            var start = $"/board/{sample.Election.Slug}/";
            var links = (await browser.ReadAsync(start.TrimEnd('/'))).QuerySelectorAll("main a[href]").Select(link => link.GetAttribute("href")!);
            return links.Where(link => link.StartsWith(start, StringComparison.Ordinal)).Select(link => link[start.Length..]);
        }
    }

    [Fact]
    public async Task The_public_pages_lead_to_the_booth_while_it_is_open_and_to_the_results_afterwards()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city);
        var (contest, election) = (sample.Contests[0], $"/elections/{sample.Election.Slug}");
        var (booth, one) = ($"/vote/{sample.Election.Slug}/{contest.Code()}", $"{election}/{contest.Code()}");
        Assert.Superset(new HashSet<string> { booth, $"{election}/verify" }, await LinksAsync(election));
        Assert.Superset(new HashSet<string> { booth, $"{one}/board", $"{one}/candidates", $"{election}/verify" }, await LinksAsync(one));
        Assert.Contains($"{one}/candidates", await LinksAsync(booth));
        sample.Cast(contest, contest.Electors[0], 0);
        SeatTests.Count(sample);
        PaperTests.Finish(sample);
        Assert.Equal(ProclaimAnswer.Proclaimed, SeatTests.Proclaim(sample));
        var after = await LinksAsync(election);
        Assert.Superset(new HashSet<string> { $"{election}/results", $"{election}/record" }, after);
        Assert.DoesNotContain(booth, after);
        Assert.Superset(new HashSet<string> { $"{one}/result", $"{election}/record" }, await LinksAsync(one));
        var office = city.SignedIn(Role.Administrator);
        var offices = $"/administration/elections/{sample.Election.Id}";
        Assert.Superset(new HashSet<string> { $"{offices}/seats", $"{offices}/end" }, Links(await office.ReadAsync(offices)));

        async Task<HashSet<string>> LinksAsync(string address) => Links(await city.Anonymous().ReadAsync(address));
        static HashSet<string> Links(IHtmlDocument page) => [.. page.QuerySelectorAll("main a[href]").Select(link => link.GetAttribute("href")!)];
    }

    [Theory, InlineData("key"), InlineData("codes"), InlineData("decrypt")]
    public async Task Posts_from_another_site_or_by_strangers_change_nothing(string page)
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = Unkeyed(city, trustees: 2, threshold: null);
        using var forged = new FormUrlEncodedContent(new Dictionary<string, string> { ["Input.Document"] = "{}", ["code"] = "q01" });
        using var crossSite = await Members(city, sample)[0].Http.PostAsync(new Uri($"/board/{sample.Election.Slug}/{page}", UriKind.Relative), forged);
        Assert.Equal(HttpStatusCode.BadRequest, crossSite.StatusCode);
        var stranger = city.SignedIn(Role.Administrator);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/board/{sample.Election.Slug}/{page}")).StatusCode);
    }

    private static Dictionary<string, string> Person(string name, string email, BoardDuty duty) => new() { ["Input.Name"] = name, ["Input.Email"] = email, ["Input.Duty"] = duty.ToString() };

    private static int[] Numbers(CityFactory city, SampleElection sample) => city.InDb(db => db.Set<BoardMember>().Where(one => one.ElectionId == sample.Election.Id && one.TrusteeNumber != null).OrderBy(one => one.TrusteeNumber).Select(one => one.TrusteeNumber!.Value).ToArrayAsync());

    private static bool IsDone(CityFactory city, SampleElection sample, ElectionStep step) => city.InDb(db => db.Set<CalendarStep>().AnyAsync(one => one.ElectionId == sample.Election.Id && one.Step == step && one.DoneAt != null));

    private static int WithLists(CityFactory city, SampleElection sample) => city.InDb(db => db.Set<Contest>().CountAsync(one => one.ElectionId == sample.Election.Id && one.CredentialsDocument != null));

    /// <summary>A called election whose trustees are named and have made no keys.</summary>
    private static SampleElection Unkeyed(CityFactory city, int trustees, int? threshold)
    {
        var sample = SampleElection.Called(city);
        city.InDb(db => db.Set<Election>().Where(one => one.Id == sample.Election.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.TrusteesDocument, (byte[]?)null).SetProperty(one => one.TrusteeThreshold, threshold)));
        for (var number = 1; number <= trustees; number++)
        {
            AddTrustee(city, sample, number);
        }

        return sample;
    }

    private static void AddTrustee(CityFactory city, SampleElection sample, int number) => city.InDb(async db =>
    {
        db.Add(new BoardMember { Id = Guid.CreateVersion7(city.Clock.GetUtcNow()), ElectionId = sample.Election.Id, Name = $"Membre {number}", Email = $"membre{number}@example.org", Duty = BoardDuty.Trustee, TrusteeNumber = number, ContestId = null });
        await db.SaveChangesAsync();
    });

    private static async Task RemoveAsync(CityFactory city, SampleElection sample, string email)
    {
        var member = city.InDb(db => db.Set<BoardMember>().SingleAsync(one => one.ElectionId == sample.Election.Id && one.Email == email));
        using var removed = await city.SignedIn(Role.Officer).FillAndPostAsync($"/administration/elections/{sample.Election.Id}/board", new Dictionary<string, string>(), $"form:has(input[value='{member.Id}'])");
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
    }

    private static List<CityBrowser> Members(CityFactory city, SampleElection sample) => [.. Numbers(city, sample).Select(number => city.SignedInAs(city.AddAccount($"membre{number}@example.org")))];

    private static Task<HttpResponseMessage> HandInAsync(CityBrowser browser, SampleElection sample, byte[] document) =>
        browser.FillAndPostAsync($"/board/{sample.Election.Slug}/key", new Dictionary<string, string>(), "#hand-in", new Dictionary<string, (string, byte[])> { ["File"] = ("document.json", document) });

    private static async Task AllHandInAsync(List<CityBrowser> browsers, SampleElection sample, IReadOnlyList<byte[]> documents)
    {
        foreach (var (browser, document) in browsers.Zip(documents))
        {
            using var answer = await HandInAsync(browser, sample, document);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, CityBrowser.TextOf(await CityBrowser.ParseAsync(answer)));
        }
    }

    private static byte[] List(SampleContest contest, int electors) => CredentialAuthority.Issue(Group.Ed25519, contest.Contest.Uuid, electors, null, Random).PublicList.ToArray();

    private static Task<HttpResponseMessage> PostListsAsync(CityBrowser authority, string path, IEnumerable<(SampleContest Contest, byte[] List)> lists) =>
        authority.FillAndPostAsync(path, new Dictionary<string, string>(), "#hand-in", lists.ToDictionary(one => one.Contest.Contest.NeighbourhoodCode.ToLowerInvariant(), one => ("public_credentials.json", one.List), StringComparer.Ordinal));

    private static IReadOnlyList<ReadOnlyMemory<byte>> Documents(IEnumerable<byte[]> documents) => [.. documents.Select(document => (ReadOnlyMemory<byte>)document)];

    private static T Done<T>(CeremonyOutcome<T> outcome) => Assert.IsType<CeremonyOutcome<T>.Done>(outcome).Value;
}
