using System.Text;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Tests.Support;

/// <summary>An event taken apart, to be forged.</summary>
internal sealed class ArchivePart(ArchiveEventType type, List<byte[]> documents)
{
    public ArchiveEventType Type { get; set; } = type;

    /// <summary>The documents, without the data that names them.</summary>
    public List<byte[]> Documents { get; } = documents;

    public int Owner { get; set; }

    public int NumTallied { get; set; }

    public long TotalWeight { get; set; }

    /// <summary>Changes the text of the data that names the documents.</summary>
    public Func<string, string>? Data { get; set; }

    /// <summary>Changes the event's text before it is hashed and named by the next.</summary>
    public Func<string, string>? Event { get; set; }

    public ArchivePart Copy() => new(Type, [.. Documents]) { Owner = Owner, NumTallied = NumTallied, TotalWeight = TotalWeight };
}

/// <summary>An archive taken apart and put together again with correct names, hashes, parents and heights, whatever it says: so that the check of a forgery's content has to notice.</summary>
internal sealed class ArchiveParts
{
    public long Timestamp { get; set; }

    public List<ArchivePart> Events { get; } = [];

    public static ArchiveParts Read(byte[] archive)
    {
        var reader = new EventReader(new MemoryStream(archive));
        var parts = new ArchiveParts { Timestamp = reader.Archive.Timestamp };
        for (var next = reader.Read(); next is not null; next = reader.Read())
        {
            parts.Events.Add(next.Data switch
            {
                EventData.Setup setup => new(next.Type, [setup.Election.Content.ToArray(), setup.Trustees.Content.ToArray(), setup.Credentials.Content.ToArray()]),
                EventData.Document document => new(next.Type, [document.Payload.Content.ToArray()]),
                EventData.EncryptedTally tally => new(next.Type, [tally.Tally.Content.ToArray()]) { NumTallied = tally.NumTallied, TotalWeight = tally.TotalWeight },
                EventData.Owned owned => new(next.Type, [owned.Payload.Content.ToArray()]) { Owner = owned.Owner },
                _ => new(next.Type, []),
            });
        }

        return parts;
    }

    public byte[] Write()
    {
        using var archive = new MemoryStream();
        Put(archive, ArchiveHeader.FirstName, ArchiveHeader.WriteFirst(Timestamp));
        Digest? parent = null;
        for (var height = 0; height < Events.Count; height++)
        {
            var part = Events[height];
            var documents = part.Documents.ToList();
            var data = part.Type switch
            {
                ArchiveEventType.Setup => EventDocuments.WriteSetup(Digest.Of(documents[0]), Digest.Of(documents[1]), Digest.Of(documents[2])),
                ArchiveEventType.EncryptedTally => EventDocuments.WriteTally(part.NumTallied, part.TotalWeight, Digest.Of(documents[0])),
                ArchiveEventType.Shuffle or ArchiveEventType.PartialDecryption => EventDocuments.WriteOwned(part.Owner, Digest.Of(documents[0])),
                _ => null,
            };
            if (data is not null)
            {
                documents.Add(Change(data, part.Data));
            }

            foreach (var document in documents)
            {
                Put(archive, Digest.Of(document).Hex + ".data.json", document);
            }

            var written = Change(EventDocuments.WriteEvent(parent, height, part.Type, documents.Count == 0 ? null : Digest.Of(documents[^1])), part.Event);
            parent = Digest.Of(written);
            Put(archive, parent.Value.Hex + ".event.json", written);
        }

        return archive.ToArray();
    }

    private static byte[] Change(byte[] text, Func<string, string>? change) => change is null ? text : Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(text)));

    private void Put(MemoryStream archive, string name, byte[] content)
    {
        archive.Write(ArchiveHeader.Write(name, content.Length, Timestamp));
        archive.Write(content);
        archive.Write(new byte[ArchiveHeader.Padding(content.Length)]);
    }
}
