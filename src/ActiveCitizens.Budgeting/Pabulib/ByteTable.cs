using System.Runtime.CompilerServices;

namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>A set of byte strings numbered in order of insertion, without an object for each of a million voter ids.</summary>
internal sealed class ByteTable
{
    private int[] _slots = new int[256];
    private int[] _hashes = new int[64];
    private int[] _starts = new int[64];
    private int[] _lengths = new int[64];

    public int Count { get; private set; }

    /// <summary>The number of the string <paramref name="key"/>, or −1 when it is not in the table.</summary>
    /// <param name="text">The bytes that the table's strings are part of.</param>
    public int Find(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text) => Find(key, Hash(key), text);

    /// <summary>Adds the string at these bytes of <paramref name="text"/>; false when it is already there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Add(int start, int length, ReadOnlySpan<byte> text)
    {
        var key = text.Slice(start, length);
        var hash = Hash(key);
        if (Find(key, hash, text) >= 0)
        {
            return false;
        }

        if (Count == _starts.Length)
        {
            Array.Resize(ref _hashes, 2 * Count);
            Array.Resize(ref _starts, 2 * Count);
            Array.Resize(ref _lengths, 2 * Count);
        }

        (_hashes[Count], _starts[Count], _lengths[Count]) = (hash, start, length);
        Count++;
        if (2 * Count <= _slots.Length)
        {
            Insert(Count - 1);
            return true;
        }

        _slots = new int[4 * _slots.Length];
        for (var entry = 0; entry < Count; entry++)
        {
            Insert(entry);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Find(ReadOnlySpan<byte> key, int hash, ReadOnlySpan<byte> text)
    {
        for (var slot = hash & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var entry = _slots[slot] - 1;
            if (_hashes[entry] == hash && key.SequenceEqual(text.Slice(_starts[entry], _lengths[entry])))
            {
                return entry;
            }
        }

        return -1;
    }

    private void Insert(int entry)
    {
        var slot = _hashes[entry] & (_slots.Length - 1);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = entry + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
