namespace EarlyWarning.Store.Tests.Durability.Power;

/// <summary>A file as of its last flush, and what was done to it since, any part of which may be left after the power was lost.</summary>
/// <param name="content">What is durable; <see langword="null"/> where there is no file.</param>
internal sealed class LosingFile(byte[]? content)
{
    private const int Sector = 512;
    private readonly List<Change> _changes = [];
    private Image _durable = new(content);

    public void Change(Change change) => _changes.Add(change);

    /// <summary>Makes all changes durable.</summary>
    /// <returns>Whether the file is a new one.</returns>
    public bool Flush()
    {
        var isNew = FlushName() || !_durable.Exists;
        Flush(_changes.Count);
        return isNew;
    }

    /// <summary>Makes it durable that the file is gone, where it was deleted.</summary>
    /// <returns>Whether it was.</returns>
    public bool FlushName()
    {
        var count = _changes.FindLastIndex(change => change.Kind == Kind.Delete) + 1;
        Flush(count);
        return count > 0;
    }

    /// <summary>
    /// The durable content with none of the changes, all of them, some of them, or a torn prefix; <see langword="null"/> where no file is
    /// left.
    /// </summary>
    public byte[]? Remains(Random random)
    {
        var image = new Image(_durable.Content());
        var (all, some, prefix) = random.Next(4) switch
        {
            0 => (false, false, 0),
            1 => (true, false, _changes.Count),
            2 => (false, true, _changes.Count),
            _ => (true, false, random.Next(_changes.Count + 1)),
        };
        for (var index = 0; index < prefix; index++)
        {
            if (all || random.Next(2) == 0)
            {
                image.Apply(_changes[index], some && random.Next(4) == 0 ? Torn(_changes[index], random) : _changes[index].Bytes.Length);
            }
            else if (_changes[index].Kind == Kind.Delete)
            {
                // The name still leads to the old file; what came after went into one that nobody finds.
                return image.Content();
            }
        }

        if (prefix < _changes.Count && _changes[prefix].Kind == Kind.Write && all)
        {
            image.Apply(_changes[prefix], Torn(_changes[prefix], random));
        }

        return image.Content();
    }

    private void Flush(int count)
    {
        for (var index = 0; index < count; index++)
        {
            _durable.Apply(_changes[index], _changes[index].Bytes.Length);
        }

        _changes.RemoveRange(0, count);
    }

    /// <summary>How many bytes of a write are left when it ends at a sector of the disk within it.</summary>
    private static int Torn(Change change, Random random)
    {
        var (first, last) = (change.At / Sector, (change.At + change.Bytes.Length) / Sector);
        return (int)Math.Clamp((random.NextInt64(first, last + 1) * Sector) - change.At, 0, change.Bytes.Length);
    }

    /// <summary>Bytes that grow.</summary>
    private struct Image(byte[]? bytes)
    {
        private byte[] _bytes = bytes ?? [];
        private int _length = bytes?.Length ?? 0;
        private bool _exists = bytes is not null;

        public readonly bool Exists => _exists;

        public readonly byte[]? Content() => _exists ? _bytes[.._length] : null;

        public void Apply(Change change, int count)
        {
            switch (change.Kind)
            {
                case Kind.Delete:
                    (_bytes, _length, _exists) = ([], 0, false);
                    break;
                case Kind.Truncate:
                    SetLength((int)change.At);
                    break;
                default:
                    SetLength(Math.Max(_length, (int)change.At + count));
                    change.Bytes.AsSpan(0, count).CopyTo(_bytes.AsSpan((int)change.At));
                    break;
            }
        }

        private void SetLength(int length)
        {
            _exists = true;
            if (length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(length, 2 * _bytes.Length));
            }

            if (length < _length)
            {
                Array.Clear(_bytes, length, _length - length);
            }

            _length = length;
        }
    }
}

/// <summary>What was done to a file.</summary>
internal enum Kind
{
    Write = 0,
    Truncate,
    Delete,
}

/// <summary>One change of a file.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="At">Where it was written, or the length that is left.</param>
/// <param name="Bytes">What was written.</param>
internal sealed record Change(Kind Kind, long At, byte[] Bytes);
