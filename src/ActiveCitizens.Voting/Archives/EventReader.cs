using System.Globalization;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Archives;

/// <summary>Reads an archive event by event, each with the data before it: the chain and the table of PROTOCOL.md section 9. Their order is <see cref="EventOrder"/>'s.</summary>
public sealed class EventReader(ArchiveReader archive)
{
    // Setup has the most: election, trustees, credentials, certificate, and the data that names them.
    private const int MaxDataMembers = 5;
    private static readonly long[] SetupLimits = [Election.MaxBytes, TrusteeSet.MaxBytes, PublicCredentials.MaxBytes, Election.MaxBytes, EventDocuments.MaxBytes, EventDocuments.MaxBytes];
    private readonly long _limit = archive.MaxContentBytes;
    private readonly List<ArchiveMember> _data = [];
    private Digest? _last;
    private int _height;

    public EventReader(Stream stream)
        : this(new ArchiveReader(stream))
    {
    }

    /// <summary>Members as they are read; its limit on their size may be lowered between events.</summary>
    public ArchiveReader Archive => archive;

    /// <summary>The next event; null at the end of the archive.</summary>
    /// <exception cref="ArchiveFormatException">The structure does not hold; reading cannot go on.</exception>
    public ArchiveEvent? Read()
    {
        _data.Clear();
        while (true)
        {
            // Nobody has told yet how large documents may be: each of the setup has its own bound.
            if (_last is null)
            {
                archive.MaxContentBytes = Math.Min(_limit, SetupLimits[_data.Count]);
            }

            var at = archive.Offset;
            var member = archive.Read();
            if (member is null)
            {
                return _data.Count == 0 ? null : throw Error(ArchiveRule.Data, at, "the end of the archive", "an event after its data");
            }

            if (member.IsEvent)
            {
                return ReadEvent(member);
            }

            if (_data.Count == MaxDataMembers)
            {
                throw Error(ArchiveRule.Data, member.Offset, "more data", "an event");
            }

            _data.Add(member);
        }
    }

    private static ArchiveFormatException Error(ArchiveRule rule, long offset, string found, string expected) => new(rule, offset, found, expected);

    private static T Canonical<T>(ArchiveMember member, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(member.Content);
        }
        catch (ProtocolFormatException e)
        {
            throw Error(ArchiveRule.Canonical, member.Offset + e.Offset, e.Message, e.Expected);
        }
    }

    private ArchiveEvent ReadEvent(ArchiveMember member)
    {
        var (parent, height, type, payload) = Canonical(member, content => EventDocuments.ReadEvent(content.Span));
        if (height != _height)
        {
            throw Error(ArchiveRule.Chain, member.Offset, string.Create(CultureInfo.InvariantCulture, $"height {height}"), string.Create(CultureInfo.InvariantCulture, $"height {_height}"));
        }

        if (parent != _last)
        {
            throw Error(ArchiveRule.Chain, member.Offset, $"parent {parent?.Hex ?? "absent"}", _last?.Hex ?? "no parent in the first event");
        }

        if (payload != _data.LastOrDefault()?.Hash)
        {
            throw Error(ArchiveRule.Data, member.Offset, $"payload {payload?.Hex ?? "absent"}", _data.LastOrDefault()?.Hash.Hex ?? "no payload, as no data stands before");
        }

        var data = ReadData(member, type);
        archive.MaxContentBytes = _last is null ? _limit : archive.MaxContentBytes;
        _last = member.Hash;
        _height++;
        return new(type, height, member.Hash, archive.Offset, data);
    }

    private EventData ReadData(ArchiveMember member, ArchiveEventType type)
    {
        switch (type)
        {
            case ArchiveEventType.Setup:
                ExpectCount(member, type, 4, 5);
                ExpectReferences(member, Canonical(_data[^1], content => EventDocuments.ReadSetup(content.Span)));
                return new EventData.Setup(_data[0], _data[1], _data[2], _data.Count == 5 ? _data[3] : null);
            case ArchiveEventType.Ballot or ArchiveEventType.Result:
                ExpectCount(member, type, 1, 1);
                return new EventData.Document(_data[0]);
            case ArchiveEventType.EncryptedTally:
                ExpectCount(member, type, 2, 2);
                var (numTallied, totalWeight, tally) = Canonical(_data[1], content => EventDocuments.ReadTally(content.Span));
                ExpectReferences(member, [tally]);
                return new EventData.EncryptedTally(_data[0], numTallied, totalWeight);
            case ArchiveEventType.Shuffle or ArchiveEventType.PartialDecryption:
                ExpectCount(member, type, 2, 2);
                var (owner, payload) = Canonical(_data[1], content => EventDocuments.ReadOwned(content.Span));
                ExpectReferences(member, [payload]);
                return new EventData.Owned(_data[0], owner);
            default:
                ExpectCount(member, type, 0, 0);
                return new EventData.None();
        }
    }

    private void ExpectCount(ArchiveMember member, ArchiveEventType type, int min, int max)
    {
        if (_data.Count < min || _data.Count > max)
        {
            throw Error(ArchiveRule.Data, member.Offset, string.Create(CultureInfo.InvariantCulture, $"{_data.Count} data members before {type}"), string.Create(CultureInfo.InvariantCulture, $"{min}"));
        }
    }

    private void ExpectReferences(ArchiveMember member, ReadOnlySpan<Digest> references)
    {
        if (references.Length != _data.Count - 1)
        {
            throw Error(ArchiveRule.Data, member.Offset, string.Create(CultureInfo.InvariantCulture, $"{_data.Count - 1} files"), string.Create(CultureInfo.InvariantCulture, $"{references.Length} files, as the data names them"));
        }

        for (var i = 0; i < references.Length; i++)
        {
            if (_data[i].Hash != references[i])
            {
                throw Error(ArchiveRule.Data, _data[i].Offset, $"the file {_data[i].Hash}", $"{references[i]}, as the data names it");
            }
        }
    }
}
