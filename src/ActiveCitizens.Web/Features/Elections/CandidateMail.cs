using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections;

public enum CandidacyNews { HandedIn, Accepted, Refused, Withdrawn, Placed }

/// <summary>Tells candidates what became of their candidacy, in the language of their account or else the city’s; saved with the act.</summary>
public sealed class CandidateMail(CityDbContext db, City city, Outbox outbox, IStringLocalizer<ElectionsText> text, IHttpContextAccessor http)
{
    /// <param name="order">Place on the ballot, with <see cref="CandidacyNews.Placed"/>.</param>
    public async Task QueueAsync(CandidacyNews news, Candidate candidate, StandingPlace place, CancellationToken cancel, int? order = null)
    {
        var account = candidate.AccountId is { } id ? await db.Users.AsNoTracking().Where(one => one.Id == id && one.DeletedAt == null).Select(one => new { one.Language, one.Email }).SingleOrDefaultAsync(cancel) : null;
        if ((candidate.Email.Length > 0 ? candidate.Email : account?.Email) is not { } address)
        {
            return;
        }

        var language = account?.Language ?? city.DefaultLanguage;
        var culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = LanguageModule.CultureOf(language);
            outbox.Queue(address, Short(Subject(news, place)), Body(news, candidate, place, order, SiteIn(language)));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        }
    }

    private static string Short(string subject) => subject.Length <= 200 ? subject : subject[..200];

    private string Subject(CandidacyNews news, StandingPlace place) => news switch
    {
        CandidacyNews.HandedIn => text["Your candidacy in {0} was received", place.Name],
        CandidacyNews.Accepted => text["Your candidacy in {0} is accepted", place.Name],
        CandidacyNews.Refused => text["Your candidacy in {0} is refused", place.Name],
        CandidacyNews.Withdrawn => text["Your candidacy in {0} is withdrawn", place.Name],
        CandidacyNews.Placed => text["Your place on the ballot in {0}", place.Name],
        _ => throw new ArgumentOutOfRangeException(nameof(news), news, "News without words."),
    };

    private string Body(CandidacyNews news, Candidate candidate, StandingPlace place, int? order, string site)
    {
        var page = $"{site}{place.Path}";
        var (said, link) = news switch
        {
            CandidacyNews.HandedIn => (text["We received your candidacy for the neighbourhood council of {0}. The election office now checks whether you may stand, and writes to you.", place.Name].Value, $"{page}/candidates"),
            CandidacyNews.Accepted => (text["Your candidacy for the neighbourhood council of {0} is accepted. Everybody can read it here:", place.Name].Value, $"{page}/candidates/{candidate.Id}"),
            CandidacyNews.Refused => ($"{text["Your candidacy for the neighbourhood council of {0} is refused, for this reason:", place.Name].Value}\n\n{candidate.RefusalReason}\n\n{text["If you do not agree, answer the election office at once: the time for candidacies is short."].Value}", page),
            CandidacyNews.Withdrawn => (text["Your candidacy for the neighbourhood council of {0} is withdrawn, and no longer shown. You did not ask for it? Tell the election office at once.", place.Name].Value, $"{page}/candidates"),
            CandidacyNews.Placed when candidate.ListId is not null => (text["The order of the lists was drawn by lot: yours is number {0} on the ballot. Anybody can draw again:", order ?? 0].Value, $"{site}/elections/{place.Election.Slug}/order"),
            CandidacyNews.Placed => (text["The order of the candidates was drawn by lot: you are number {0} on the ballot. Anybody can draw again:", order ?? 0].Value, $"{site}/elections/{place.Election.Slug}/order"),
            _ => throw new ArgumentOutOfRangeException(nameof(news), news, "News without words."),
        };
        return $"{text["Hello {0},", candidate.FullName].Value}\n\n{said}\n\n{link}\n\n{text["The election office of {0}", city.Name].Value}";
    }

    // As configured, because a request's host name can be forged.
    private string SiteIn(string language)
    {
        var root = city.Address?.AbsoluteUri ?? (http.HttpContext?.Request is { } request ? $"{request.Scheme}://{request.Host}" : "");
        return language == city.DefaultLanguage ? root.TrimEnd('/') : $"{root.TrimEnd('/')}/{language}";
    }
}
