using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActiveCitizens.Budgeting;

/// <summary>Exact numbers as JSON text, because a JSON number would be read as floating point: "1331751.11" or "100/3".</summary>
internal sealed class RationalJsonConverter : JsonConverter<Rational>
{
    public override Rational Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Rational.Parse(reader.GetString() ?? throw new JsonException("An exact number is expected, not null."));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or DivideByZeroException)
        {
            throw new JsonException("An exact number is expected as text, for example \"12.50\" or \"100/3\".", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Rational value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToDecimalText());
}
