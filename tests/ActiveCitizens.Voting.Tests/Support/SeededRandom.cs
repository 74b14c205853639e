using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActiveCitizens.Voting.Tests.Support;

/// <summary>The same bytes on every run: a failing test can be run again.</summary>
internal sealed class SeededRandom(int seed) : RandomNumberGenerator
{
    private readonly byte[] _block = new byte[8];
    private byte[] _bytes = [];
    private int _used;
    private int _counter;

    public override void GetBytes(byte[] data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            if (_used == _bytes.Length)
            {
                BinaryPrimitives.WriteInt32LittleEndian(_block, seed);
                BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(4), _counter++);
                _bytes = SHA256.HashData(_block);
                _used = 0;
            }

            data[i] = _bytes[_used++];
        }
    }

    /// <summary>A small number from 0; slightly uneven, which no test minds.</summary>
    public int Next(int bound)
    {
        var bytes = new byte[4];
        GetBytes(bytes);
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes) % (uint)bound);
    }
}
