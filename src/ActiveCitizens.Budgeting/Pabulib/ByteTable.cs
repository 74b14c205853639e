namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>A set of byte strings numbered in order of insertion, without an object for each of a million voter ids.</summary>
internal sealed class ByteTable
{
    private int[] _slots = new int[256];
    private (int Start, int Length)[] _entries = new (int, int)[64];

    public int Count { get; private set; }

    /// <summary>The number of the string at these bytes of <paramref name="text"/>, or −1 when it is not in the table.</summary>
    public int Find(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        for (var slot = Hash(key) & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var (start, length) = _entries[_slots[slot] - 1];
            if (key.SequenceEqual(text.Slice(start, length)))
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds the string at these bytes of <paramref name="text"/>; false when it is already there.</summary>
    public bool Add(int start, int length, ReadOnlySpan<byte> text)
    {
        var key = text.Slice(start, length);
        if (Find(key, text) >= 0)
        {
            return false;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        _entries[Count++] = (start, length);
        if (2 * Count > _slots.Length)
        {
            _slots = new int[2 * _slots.Length];
            for (var entry = 0; entry < Count; entry++)
            {
                Insert(entry, text.Slice(_entries[entry].Start, _entries[entry].Length));
            }
        }
        else
        {
            Insert(Count - 1, key);
        }

        return true;
    }

    private void Insert(int entry, ReadOnlySpan<byte> key)
    {
        var slot = Hash(key) & (_slots.Length - 1);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = entry + 1;
    }

    private static int Hash(ReadOnlySpan<byte> key)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var b in key)
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return (int)((hash ^ (hash >> 32)) & 0x7FFFFFFF);
    }
}
