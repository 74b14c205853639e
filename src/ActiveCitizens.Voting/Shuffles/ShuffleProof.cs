using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Shuffles;

/// <summary>The proof of one shuffled list, with the names of PROTOCOL.md section 11.</summary>
/// <param name="T">t1, t2, t3, t41, t42.</param>
/// <param name="THat">that_1 … that_N.</param>
/// <param name="S">s1 … s4.</param>
/// <param name="SHat">shat_1 … shat_N.</param>
/// <param name="SPrime">s'_1 … s'_N.</param>
/// <param name="C">c_1 … c_N.</param>
/// <param name="CHat">chat_1 … chat_N.</param>
internal sealed record ShuffleProof(Element[] T, Element[] THat, Scalar[] S, Scalar[] SHat, Scalar[] SPrime, Element[] C, Element[] CHat)
{
    public static long MaxBytes(Group group, int length) =>
        256 + ((5 + (3L * length)) * (group.MaxTextLength + 3)) + ((4 + (2L * length)) * (group.Scalars.MaxTextLength + 3));

    public static ShuffleProof Read(ref CanonicalReader reader, Group group, int length)
    {
        var t = new Element[5];
        reader.Expect("[["u8);
        for (var i = 0; i < 3; i++)
        {
            t[i] = reader.Element(group);
            reader.Expect(i == 2 ? ",["u8 : ","u8);
        }

        t[3] = reader.Element(group);
        reader.Expect(","u8);
        t[4] = reader.Element(group);
        reader.Expect("],"u8);
        var tHat = ReadElements(ref reader, group, length);
        reader.Expect("],["u8);
        var s = new Scalar[4];
        for (var i = 0; i < 4; i++)
        {
            s[i] = reader.Scalar(group);
            reader.Expect(","u8);
        }

        var sHat = ReadScalars(ref reader, group, length);
        reader.Expect(","u8);
        var sPrime = ReadScalars(ref reader, group, length);
        reader.Expect("],"u8);
        var c = ReadElements(ref reader, group, length);
        reader.Expect(","u8);
        var cHat = ReadElements(ref reader, group, length);
        reader.Expect("]"u8);
        return new(t, tHat, s, sHat, sPrime, c, cHat);
    }

    public void Write(CanonicalWriter writer, Group group)
    {
        var t = group.Encode(T);
        writer.Raw("[["u8).Quoted(t[0]).Raw(","u8).Quoted(t[1]).Raw(","u8).Quoted(t[2]).Raw(",["u8).Quoted(t[3]).Raw(","u8).Quoted(t[4]).Raw("],"u8)
            .List(group.Encode(THat), text => writer.Quoted(text)).Raw("],["u8);
        foreach (var scalar in S)
        {
            writer.Quoted(group.Scalars.Format(scalar)).Raw(","u8);
        }

        writer.List(SHat, scalar => writer.Quoted(group.Scalars.Format(scalar))).Raw(","u8)
            .List(SPrime, scalar => writer.Quoted(group.Scalars.Format(scalar))).Raw("],"u8)
            .List(group.Encode(C), text => writer.Quoted(text)).Raw(","u8)
            .List(group.Encode(CHat), text => writer.Quoted(text)).Raw("]"u8);
    }

    private static Element[] ReadElements(ref CanonicalReader reader, Group group, int length)
    {
        var elements = new List<Element>();
        reader.Expect("["u8);
        for (var i = 0; i < length; i++)
        {
            if (i > 0)
            {
                reader.Expect(","u8);
            }

            elements.Add(reader.Element(group));
        }

        reader.Expect("]"u8);
        return [.. elements];
    }

    private static Scalar[] ReadScalars(ref CanonicalReader reader, Group group, int length)
    {
        var scalars = new List<Scalar>();
        reader.Expect("["u8);
        for (var i = 0; i < length; i++)
        {
            if (i > 0)
            {
                reader.Expect(","u8);
            }

            scalars.Add(reader.Scalar(group));
        }

        reader.Expect("]"u8);
        return [.. scalars];
    }
}
