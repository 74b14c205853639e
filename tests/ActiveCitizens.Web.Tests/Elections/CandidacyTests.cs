using System.Net;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;

namespace ActiveCitizens.Web.Tests.Elections;

public sealed class CandidacyTests
{
    private const string Statement = "Bonjour,\n\n<script>alert(1)</script>\n\nAu travail.";

    private static readonly Dictionary<string, string> Written = new(StringComparer.Ordinal)
    {
        ["FirstNames"] = "Inès", ["LastName"] = "Sarrazin", ["BornOn"] = "1980-05-17", ["Phone"] = "06 12 34 56 78", ["Statement"] = Statement, ["act"] = "save",
    };

    private static readonly Dictionary<string, string> Consent = new(StringComparer.Ordinal) { ["Consents"] = "true" };
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_draft_survives_and_is_seen_by_its_author_alone_until_it_is_accepted(Database database)
    {
        await using var city = new CityFactory(database);
        var election = SampleCandidacies.Call(city);
        var (path, office) = ($"/elections/{election.Slug}/q01", $"/administration/elections/{election.Id}/candidacies");
        var author = city.SignedIn();
        var (neighbour, officer, anonymous) = (city.SignedIn(), city.SignedIn(Role.Officer), city.Anonymous());

        using var saved = await author.FillAndPostAsync($"{path}/stand", Written, files: new Dictionary<string, (string, byte[])>(StringComparer.Ordinal)
        {
            ["Photo"] = ("moi.png", SampleCandidacies.Picture(1200, 900, SKEncodedImageFormat.Png)),
            ["Pdf"] = ("foi.pdf", SampleCandidacies.Pdf),
        });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var draft = city.InDb(db => db.Set<Candidate>().AsNoTracking().SingleAsync());
        Assert.Equal((CandidacyState.Draft, Statement), (draft.State, draft.Statement));
        Assert.Equal(Statement, (await author.ReadAsync($"{path}/stand")).QuerySelector("#Input_Statement")!.TextContent.ReplaceLineEndings("\n").Trim());
        Assert.Equal("", (await neighbour.ReadAsync($"{path}/stand")).QuerySelector("#Input_LastName")!.GetAttribute("value") ?? "");
        foreach (var (browser, page) in new[] { (officer, $"{office}/{draft.Id}"), (officer, $"{office}/{draft.Id}?handler=Photo"), (neighbour, $"{path}/candidates/{draft.Id}"), (neighbour, $"{path}/stand?handler=Photo"), (anonymous, $"{path}/candidates/{draft.Id}/picture.jpg"), (anonymous, $"{path}/candidates/{draft.Id}/statement.pdf") })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page)).StatusCode);
        }

        Assert.DoesNotContain("Sarrazin", CityBrowser.TextOf(await officer.ReadAsync(office)), StringComparison.Ordinal);

        var check = await author.ReadAsync($"{path}/stand/check");
        Assert.Contains("Ce qui devient public", CityBrowser.TextOf(check), StringComparison.Ordinal);
        using var unsure = await author.FillAndPostAsync($"{path}/stand/check", Nothing);
        Assert.Equal(HttpStatusCode.OK, unsure.StatusCode);
        using var sent = await author.FillAndPostAsync($"{path}/stand/check", Consent);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.StartsWith("Votre candidature dans le quartier Quartier 1 est bien arrivée", city.LastMessageTo(author.Account!.Email!).Subject, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync($"{path}/candidates/{draft.Id}")).StatusCode);

        Assert.Contains("Sarrazin", CityBrowser.TextOf(await officer.ReadAsync(office)), StringComparison.Ordinal);
        city.Clock.Advance(TimeSpan.FromSeconds(1));
        using var accepted = await officer.FillAndPostAsync($"{office}/{draft.Id}", Nothing, "#accept");
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        Assert.Contains($"{path}/candidates/{draft.Id}", city.LastMessageTo(author.Account.Email!).Body, StringComparison.Ordinal);

        var shown = await anonymous.ReadAsync($"{path}/candidates/{draft.Id}");
        Assert.Contains("<script>alert(1)</script>", CityBrowser.TextOf(shown), StringComparison.Ordinal);
        Assert.DoesNotContain(shown.Scripts, script => script.Text.Contains("alert", StringComparison.Ordinal));
        Assert.DoesNotContain("06 12 34 56 78", shown.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("1980", shown.DocumentElement.OuterHtml, StringComparison.Ordinal);
        using var photo = await anonymous.GetAsync($"{path}/candidates/{draft.Id}/picture.jpg");
        Assert.Equal("image/jpeg", photo.Content.Headers.ContentType!.MediaType);
        Assert.Equal((800, 600), SizeOf(await photo.Content.ReadAsByteArrayAsync()));
        using var pdf = await anonymous.GetAsync($"{path}/candidates/{draft.Id}/statement.pdf");
        Assert.Equal(("attachment", "application/pdf"), (pdf.Content.Headers.ContentDisposition!.DispositionType, pdf.Content.Headers.ContentType!.MediaType));
        Assert.Equal("nosniff", pdf.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("Inès Sarrazin", CityBrowser.TextOf(await anonymous.ReadAsync($"{path}/candidates/sheet")), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_identical_posts_at_once_save_one_candidacy_and_send_one_message(Database database)
    {
        await using var city = new CityFactory(database);
        var election = SampleCandidacies.Call(city);
        var path = $"/elections/{election.Slug}/q01/stand";
        var author = city.SignedIn();
        var page = await author.ReadAsync(path);
        var saved = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => author.PostAsync(page, path, Written)));
        Assert.All(saved, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<Candidate>().CountAsync()));

        var check = await author.ReadAsync($"{path}/check");
        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => author.PostAsync(check, $"{path}/check", Consent)));
        Assert.All(sent, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<Candidate>().CountAsync(candidate => candidate.State == CandidacyState.Submitted)));
        Assert.Equal(1, city.InDb(db => db.Set<OutboxMessage>().CountAsync(message => message.Recipient == author.Account!.Email)));

        var officer = city.SignedIn(Role.Officer);
        var desk = $"/administration/elections/{election.Id}/candidacies/enter";
        var form = await officer.ReadAsync(desk);
        var paper = new Dictionary<string, string>(Written, StringComparer.Ordinal) { ["Place"] = "q01", ["LastName"] = "Delmas", ["Email"] = "delmas@example.org" };
        paper.Remove("act");
        var entered = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => officer.PostAsync(form, desk, paper)));
        Assert.Single(entered, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(1, city.InDb(db => db.Set<Candidate>().CountAsync(candidate => candidate.LastName == "Delmas")));
        Assert.Equal(1, city.InDb(db => db.Set<OutboxMessage>().CountAsync(message => message.Recipient == "delmas@example.org")));
    }

    [Fact]
    public async Task Files_that_are_not_what_they_say_are_refused_and_what_was_typed_stays()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var election = SampleCandidacies.Call(city);
        var path = $"/elections/{election.Slug}/q01/stand";
        var author = city.SignedIn();
        var cases = new (string Field, string Name, byte[] Content, string Message)[]
        {
            ("Photo", "photo.jpg", "<script>alert(1)</script>"u8.ToArray(), "n’est pas une photo lisible"),
            ("Photo", "photo.jpg", "GIF89a/*\u0001\u0001*/=1;alert(1)"u8.ToArray(), "n’est pas une photo lisible"),
            ("Photo", "photo.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), "n’est pas une photo lisible"),
            ("Photo", "photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4], "n’est pas une photo lisible"),
            ("Photo", "photo.png", SampleCandidacies.Bomb(60_000, 60_000), "trop de pixels"),
            ("Photo", "photo.png", SampleCandidacies.Bomb(9_000, 9_000), "trop de pixels"),
            ("Photo", "photo.jpg", new byte[CandidatePicture.MaxSentBytes + 1], "choisissez-en une plus petite"),
            ("Pdf", "foi.pdf", "<html>%PDF-1.7"u8.ToArray(), "n’est pas un PDF"),
            ("Pdf", "foi.pdf", [.. "%PDF-"u8, .. new byte[3_000_000]], "réduisez-le"),
        };
        foreach (var (field, name, content, message) in cases)
        {
            using var answer = await author.FillAndPostAsync(path, Written, files: new Dictionary<string, (string, byte[])>(StringComparer.Ordinal) { [field] = (name, content) });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await CityBrowser.ParseAsync(answer);
            Assert.Contains(message, page.QuerySelector("ds-error-summary")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("Sarrazin", page.QuerySelector("#Input_LastName")!.GetAttribute("value"));
        }

        Assert.Equal(0, city.InDb(db => db.Set<Candidate>().CountAsync()));
    }

    [Fact]
    public async Task A_picture_is_made_anew_so_that_nothing_hidden_in_it_is_left()
    {
        byte[] polyglot = [.. SampleCandidacies.Picture(64, 48, SKEncodedImageFormat.Jpeg), .. "<script>alert(1)</script>PK\u0003\u0004%PDF-1.7"u8];
        var made = Assert.IsType<PictureResult.Made>(await CandidatePicture.MakeAsync(polyglot, default));
        Assert.Equal((64, 48), SizeOf(made.Jpeg));
        var text = Encoding.Latin1.GetString(made.Jpeg);
        Assert.All(["<script", "PK\u0003\u0004", "%PDF"], hidden => Assert.DoesNotContain(hidden, text, StringComparison.Ordinal));

        // Exif in front of the picture: turned by a quarter, with a place.
        var plain = SampleCandidacies.Picture(64, 48, SKEncodedImageFormat.Jpeg);
        byte[] exif = [.. "Exif\0\0MM\0*\0\0\0\u0008\0\u0002"u8, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0x01, 0x0E, 0, 2, 0, 0, 0, 4, (byte)'A', (byte)'g', (byte)'e', 0, 0, 0, 0, 0];
        byte[] turned = [.. plain[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. plain[2..]];
        var upright = Assert.IsType<PictureResult.Made>(await CandidatePicture.MakeAsync(turned, default));
        Assert.Equal((48, 64), SizeOf(upright.Jpeg));
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(upright.Jpeg), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_in_a_name_is_refused_at_the_form_and_inert_wherever_it_came_from()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var election = SampleCandidacies.Call(city);
        var path = $"/elections/{election.Slug}/q01";
        foreach (var name in new[] { "<script>alert(1)</script>", "=HYPERLINK(\"x\")", "Sar\"razin" })
        {
            using var answer = await city.SignedIn().FillAndPostAsync($"{path}/stand", new Dictionary<string, string>(Written, StringComparer.Ordinal) { ["LastName"] = name });
            Assert.Contains("Un nom ne contient que des lettres", CityBrowser.TextOf(await CityBrowser.ParseAsync(answer)), StringComparison.Ordinal);
        }

        var candidate = SampleCandidacies.AddEligible(city, election, lastName: "<script>alert(1)</script>", statement: "<img src=x onerror=alert(1)>");
        foreach (var page in new[] { $"{path}/candidates", $"{path}/candidates/{candidate.Id}", $"{path}/candidates/sheet" })
        {
            var read = await city.Anonymous().ReadAsync(page);
            Assert.DoesNotContain(read.Scripts, script => script.Text.Contains("alert", StringComparison.Ordinal));
            Assert.Empty(read.QuerySelectorAll("[onerror], img[src=x]"));
            Assert.Contains("<script>alert(1)</script>", CityBrowser.TextOf(read), StringComparison.Ordinal);
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Candidacies_open_and_close_with_the_calendar_and_end_with_the_sealing(Database database)
    {
        await using var city = new CityFactory(database);
        var election = SampleCandidacies.Call(city, 1, null, ElectionStep.CandidaciesOpened, ElectionStep.CandidaciesClosed);
        var path = $"/elections/{election.Slug}/q01/stand";
        var author = city.SignedIn();
        Assert.Null((await author.ReadAsync(path)).QuerySelector("#candidacy"));
        Finish(city, election, ElectionStep.CandidaciesOpened);
        using var saved = await author.FillAndPostAsync(path, Written);
        var open = await author.ReadAsync($"{path}/check");
        Finish(city, election, ElectionStep.CandidaciesClosed);
        using var late = await author.PostAsync(open, $"{path}/check", Consent);
        Assert.Contains("clos", CityBrowser.TextOf(await CityBrowser.ParseAsync(late)), StringComparison.Ordinal);
        Assert.Equal(CandidacyState.Draft, city.InDb(db => db.Set<Candidate>().Select(candidate => candidate.State).SingleAsync()));
        Assert.Contains("Votre brouillon n’a pas été déposé", CityBrowser.TextOf(await author.ReadAsync(path)), StringComparison.Ordinal);

        var second = SampleCandidacies.Call(city);
        path = $"/elections/{second.Slug}/q01/stand";
        using var again = await author.FillAndPostAsync(path, Written);
        using var sent = await author.FillAndPostAsync($"{path}/check", Consent);
        var form = await author.ReadAsync(path);
        city.Clock.Advance(TimeSpan.FromSeconds(1));
        using var withdrawn = await author.PostAsync(form, path, Nothing, "#withdraw");
        Assert.Contains("est retirée", city.LastMessageTo(author.Account!.Email!).Subject, StringComparison.Ordinal);
        city.Clock.Advance(TimeSpan.FromSeconds(1));
        using var renewed = await author.FillAndPostAsync(path, Written);
        using var resent = await author.FillAndPostAsync($"{path}/check", Consent);
        Assert.Equal([CandidacyState.Withdrawn, CandidacyState.Submitted], StatesOf(city, second));
        city.InDb(async db =>
        {
            var one = await db.Set<Election>().SingleAsync(row => row.Id == second.Id);
            one.KeepTrustees("[]"u8.ToArray());
            one.Seal();
            await db.SaveChangesAsync();
        });
        using var tooLate = await author.PostAsync(form, path, Nothing, "#withdraw");
        Assert.Equal([CandidacyState.Withdrawn, CandidacyState.Submitted], StatesOf(city, second));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_refusal_needs_a_reason_which_the_candidate_alone_reads(Database database)
    {
        await using var city = new CityFactory(database);
        var election = SampleCandidacies.Call(city);
        var path = $"/elections/{election.Slug}/q01";
        var author = city.SignedIn();
        using var saved = await author.FillAndPostAsync($"{path}/stand", Written);
        using var sent = await author.FillAndPostAsync($"{path}/stand/check", Consent);
        var officer = city.SignedIn(Role.Administrator);
        var decide = $"/administration/elections/{election.Id}/candidacies/{city.InDb(db => db.Set<Candidate>().Select(candidate => candidate.Id).SingleAsync())}";
        using var without = await officer.FillAndPostAsync(decide, Nothing, "#refuse");
        Assert.Equal(HttpStatusCode.OK, without.StatusCode);
        Assert.Contains("Introuvable", CityBrowser.TextOf(await officer.ReadAsync(decide)), StringComparison.Ordinal);
        city.Clock.Advance(TimeSpan.FromSeconds(1));
        using var refused = await officer.FillAndPostAsync(decide, new Dictionary<string, string>(StringComparer.Ordinal) { ["Reason"] = "Absente de la liste électorale." }, "#refuse");
        Assert.Contains("Absente de la liste électorale.", city.LastMessageTo(author.Account!.Email!).Body, StringComparison.Ordinal);
        Assert.Contains("Absente de la liste électorale.", CityBrowser.TextOf(await author.ReadAsync($"{path}/stand")), StringComparison.Ordinal);
        Assert.DoesNotContain("Sarrazin", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"{path}/candidates")), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Lists_keep_their_ranks_and_the_rule_of_parity_before_the_examination_ends(Database database)
    {
        await using var city = new CityFactory(database);
        var election = SampleCandidacies.Call(city, 1, new ElectionRules { Method = ElectionMethod.ListHighestAverages, Parity = ParityRule.Alternating });
        var office = $"/administration/elections/{election.Id}/candidacies";
        var officer = city.SignedIn(Role.Officer);
        var name = new Dictionary<string, string>(StringComparer.Ordinal) { ["NewList.Place"] = "q01", ["NewList.Name"] = "Vivre ensemble" };
        using var created = await officer.FillAndPostAsync(office, name, "#list");
        Assert.Equal(HttpStatusCode.Redirect, created.StatusCode);
        using var twice = await officer.FillAndPostAsync(office, name, "#list");
        Assert.Contains("Une liste de ce nom existe", CityBrowser.TextOf(await CityBrowser.ParseAsync(twice)), StringComparison.Ordinal);

        var list = city.InDb(db => db.Set<CandidateList>().Select(one => one.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.Redirect, await EnterAsync("Albert", 1, "Female"));
        Assert.Equal(HttpStatusCode.Redirect, await EnterAsync("Bernard", 2, "Female"));
        Assert.Equal(HttpStatusCode.OK, await EnterAsync("Colin", 2, "Male"));
        Assert.Equal(HttpStatusCode.OK, await EnterAsync("Colin", 12, "Male"));
        Assert.Equal(HttpStatusCode.OK, await EnterAsync("Colin", 3, ""));
        Assert.Equal(HttpStatusCode.Redirect, await EnterAsync("Colin", 11, "Male"));
        Assert.Equal(3, city.InDb(db => db.Set<Candidate>().CountAsync()));

        using var undecided = await officer.FillAndPostAsync(office, Nothing, "#close");
        Assert.Contains("3 candidatures ne sont pas examinées", CityBrowser.TextOf(await CityBrowser.ParseAsync(undecided)), StringComparison.Ordinal);
        foreach (var id in city.InDb(db => db.Set<Candidate>().Select(candidate => candidate.Id).ToListAsync()))
        {
            using var accepted = await officer.FillAndPostAsync($"{office}/{id}", Nothing, "#accept");
        }

        using var broken = await officer.FillAndPostAsync(office, Nothing, "#close");
        Assert.Contains("Deux femmes ou deux hommes se suivent", (await CityBrowser.ParseAsync(broken)).QuerySelector("ds-error-summary")!.TextContent, StringComparison.Ordinal);
        var second = city.InDb(db => db.Set<Candidate>().Where(candidate => candidate.LastName == "Bernard").Select(candidate => candidate.Id).SingleAsync());
        using var withdrawn = await officer.FillAndPostAsync($"{office}/{second}", Nothing, "#withdraw");
        using var closed = await officer.FillAndPostAsync(office, Nothing, "#close");
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        Assert.True(city.InDb(db => db.Set<CalendarStep>().AnyAsync(step => step.ElectionId == election.Id && step.Step == ElectionStep.CandidaciesDecided && step.DoneAt != null)));
        Assert.Null((await officer.ReadAsync($"{office}/enter")).QuerySelector("#candidacy"));

        var drawn = await DrawAsync(officer, election, "42");
        Assert.Equal(HttpStatusCode.Redirect, drawn.StatusCode);
        Assert.Equal(1, city.InDb(db => db.Set<CandidateList>().Select(one => one.BallotOrder).SingleAsync()));
        Assert.Contains("Vivre ensemble", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{election.Slug}/order")), StringComparison.Ordinal);
        Assert.Contains("Albert", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{election.Slug}/q01/candidates")), StringComparison.Ordinal);

        async Task<HttpStatusCode> EnterAsync(string lastName, int rank, string sex)
        {
            using var answer = await officer.FillAndPostAsync($"{office}/enter", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["List"] = list.ToString(), ["Rank"] = rank.ToString(System.Globalization.CultureInfo.InvariantCulture), ["FirstNames"] = "Dominique", ["LastName"] = lastName, ["BornOn"] = "1975-03-02", ["Sex"] = sex,
            });
            return answer.StatusCode;
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_order_is_drawn_once_and_anybody_can_draw_it_again(Database database)
    {
        await using var city = new CityFactory(database);
        var election = SampleCandidacies.Call(city, 2, null, ElectionStep.CandidaciesClosed, ElectionStep.CandidaciesDecided, ElectionStep.OrderDrawn);
        var standing = new[] { ("Albert", 1), ("Bernard", 1), ("Colin", 1), ("Delmas", 1), ("Estève", 1), ("Faure", 2), ("Garrigue", 2) }.Select(who => SampleCandidacies.AddEligible(city, election, who.Item1, who.Item2)).ToList();
        var officer = city.SignedIn(Role.Officer);
        const string Seed = "2026-12-01 4 8 15 16 23 42";
        var early = await CityBrowser.ParseAsync(await DrawAsync(officer, election, Seed));
        Assert.Contains("2 étapes précédentes", CityBrowser.TextOf(early), StringComparison.Ordinal);
        Assert.Contains("Pas encore tiré au sort", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{election.Slug}/order")), StringComparison.Ordinal);
        Finish(city, election, ElectionStep.CandidaciesClosed);
        Finish(city, election, ElectionStep.CandidaciesDecided);

        var page = await officer.ReadAsync($"/administration/elections/{election.Id}/order");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => officer.PostAsync(page, $"/administration/elections/{election.Id}/order", Lottery($"{Seed}{(i == 0 ? "" : $" {i}")}"))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        var seed = city.InDb(db => db.Set<BallotOrderDraw>().Select(draw => draw.Seed).SingleAsync());
        foreach (var place in standing.GroupBy(candidate => candidate.ContestId))
        {
            var expected = place.Select(candidate => candidate.Id).OrderBy(id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{id:N}"))), StringComparer.Ordinal);
            Assert.Equal(expected, city.InDb(db => db.Set<Candidate>().Where(candidate => candidate.ContestId == place.Key).OrderBy(candidate => candidate.BallotOrder).Select(candidate => candidate.Id).ToListAsync()));
        }

        Assert.Equal(standing.Count, city.InDb(db => db.Set<OutboxMessage>().CountAsync(message => message.Subject.StartsWith("Votre place"))));
        var shown = await city.Anonymous().ReadAsync($"/elections/{election.Slug}/order");
        Assert.All(standing, candidate => Assert.Contains(BallotOrderDraw.LotOf(seed, candidate.Id), shown.Body!.TextContent, StringComparison.Ordinal));
        Assert.Contains($"printf '%s|%s' '{seed}'", shown.Body!.TextContent, StringComparison.Ordinal);
        city.InDb(async db =>
        {
            await Assert.ThrowsAnyAsync<Exception>(() => db.Set<BallotOrderDraw>().ExecuteUpdateAsync(set => set.SetProperty(draw => draw.Seed, "better")));
        });
        city.InDb(async db =>
        {
            await Assert.ThrowsAnyAsync<Exception>(() => db.Set<BallotOrderDraw>().ExecuteDeleteAsync());
        });
        Assert.Equal(seed, city.InDb(db => db.Set<BallotOrderDraw>().Select(draw => draw.Seed).SingleAsync()));
    }

    [Theory]
    [InlineData(ParityRule.None, "FFFF", null)]
    [InlineData(ParityRule.None, "F?", null)]
    [InlineData(ParityRule.Balanced, "FFM", null)]
    [InlineData(ParityRule.Balanced, "FFFM", ParityFault.NotBalanced)]
    [InlineData(ParityRule.Balanced, "FM?", ParityFault.SexMissing)]
    [InlineData(ParityRule.Alternating, "FMFMF", null)]
    [InlineData(ParityRule.Alternating, "MFM", null)]
    [InlineData(ParityRule.Alternating, "FMMF", ParityFault.NotAlternating)]
    [InlineData(ParityRule.Alternating, "", null)]
    public void Parity_is_what_the_rule_says(ParityRule rule, string list, ParityFault? fault) =>
        Assert.Equal(fault, Parity.FaultOf(rule, [.. list.Select(one => one switch { 'F' => Sex.Female, 'M' => Sex.Male, _ => (Sex?)null })]));

    private static Dictionary<string, string> Lottery(string seed) => new(StringComparer.Ordinal) { ["Seed"] = seed, ["Source"] = "Loto du 1er décembre 2026, numéros dans l’ordre croissant." };

    private static Task<HttpResponseMessage> DrawAsync(CityBrowser officer, Election election, string seed) => officer.FillAndPostAsync($"/administration/elections/{election.Id}/order", Lottery(seed));

    private static List<CandidacyState> StatesOf(CityFactory city, Election election) =>
        city.InDb(db => db.Set<Candidate>().Where(candidate => db.Set<Contest>().Any(contest => contest.Id == candidate.ContestId && contest.ElectionId == election.Id)).OrderByDescending(candidate => candidate.State).Select(candidate => candidate.State).ToListAsync());

    private static void Finish(CityFactory city, Election election, ElectionStep step) => city.InDb(async db =>
    {
        (await db.Set<CalendarStep>().SingleAsync(one => one.ElectionId == election.Id && one.Step == step)).Finish(null, city.Clock.GetUtcNow());
        await db.SaveChangesAsync();
    });

    private static (int Width, int Height) SizeOf(byte[] picture)
    {
        using var data = SKData.CreateCopy(picture);
        using var codec = SKCodec.Create(data);
        return (codec.Info.Width, codec.Info.Height);
    }
}
