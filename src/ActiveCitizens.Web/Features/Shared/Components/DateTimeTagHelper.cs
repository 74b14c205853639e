using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// An instant or a day in words, and for machines; with <c>precise</c> the hour too, on the city's clock.
/// <code>&lt;date-time value="@round.ClosesAt" precise /&gt;</code>
/// </summary>
[HtmlTargetElement("date-time", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateTimeTagHelper(Format format) : TagHelper
{
    public DateTimeOffset? Value { get; set; }

    /// <summary>A calendar day, which no time zone can shift.</summary>
    public DateOnly? Day { get; set; }

    public bool Precise { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Value is { } instant)
        {
            output.Attributes.SetAttribute("datetime", instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            output.Content.SetContent(Precise ? format.DateAndTime(instant) : format.Date(instant));
        }
        else if (Day is { } day)
        {
            output.Attributes.SetAttribute("datetime", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            output.Content.SetContent(format.Date(day));
        }
        else
        {
            output.SuppressOutput();
        }
    }
}
