using System.Text;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>Turns byte offsets of a UTF-8 text into lines and columns. Cheap for offsets asked in rising order.</summary>
internal sealed class TextPlaces(ReadOnlyMemory<byte> text)
{
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    public FilePlace Of(long offset)
    {
        var target = (int)Math.Min(offset, text.Length);
        if (target < _offset)
        {
            (_offset, _line, _column) = (0, 1, 1);
        }

        var rest = text.Span[_offset..target];
        while (rest.IndexOf((byte)'\n') is >= 0 and var newline)
        {
            rest = rest[(newline + 1)..];
            _line++;
            _column = 1;
        }

        _column += Encoding.UTF8.GetCharCount(rest);
        _offset = target;
        return new FilePlace(_line, _column);
    }

    /// <summary>Offset of the first byte of a line, counted from 0.</summary>
    public int LineStart(long line)
    {
        var start = 0;
        for (; line > 0 && text.Span[start..].IndexOf((byte)'\n') is >= 0 and var newline; line--)
        {
            start += newline + 1;
        }

        return start;
    }
}
