namespace EarlyWarning.Risk.Lookup;

/// <summary>
/// The blocks of the countries of a silo that had late observations last, within a number of bytes for all of them together: a country's
/// blocks are here whole or not at all. It may lose everything at any time. Thread-safe; what one owner has is changed by that owner only.
/// </summary>
internal sealed class BlockCache(long capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, LinkedListNode<Kept>> _kept = new(ReferenceEqualityComparer.Instance);
    private readonly LinkedList<Kept> _oldestFirst = [];
    private long _bytes;

    /// <summary>How many bytes of blocks one country may have here.</summary>
    public long Largest => capacity / 2;

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Gets the blocks of an owner in order; <see langword="null"/> where they are not here.</summary>
    public IReadOnlyList<Block>? TryGet(object owner)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(owner, out var node))
            {
                return null;
            }

            _oldestFirst.Remove(node);
            _oldestFirst.AddLast(node);
            return node.Value.Blocks;
        }
    }

    /// <summary>Keeps all blocks of an owner; those that were asked for longest ago make room.</summary>
    public void Put(object owner, List<Block> blocks)
    {
        lock (_gate)
        {
            Drop(owner);
            var kept = new Kept(owner, blocks) { Bytes = blocks.Sum(block => (long)block.Bytes) };
            _kept.Add(owner, _oldestFirst.AddLast(kept));
            _bytes += kept.Bytes;
            Trim();
        }
    }

    /// <summary>
    /// Adds a block to those of an owner that are here, or takes it in the place of the last one where it begins with the same entry.
    /// </summary>
    public void Add(object owner, Block block)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(owner, out var node))
            {
                return;
            }

            var kept = node.Value;
            if (kept.Blocks is [.., var last] && last.First == block.First)
            {
                kept.Blocks[^1] = block;
                return;
            }

            kept.Blocks.Add(block);
            kept.Bytes += block.Bytes;
            _bytes += block.Bytes;
            Trim();
        }
    }

    /// <summary>Forgets what an owner has here.</summary>
    public void Remove(object owner)
    {
        lock (_gate)
        {
            Drop(owner);
        }
    }

    private void Trim()
    {
        while (_bytes > capacity && _oldestFirst.First is { } oldest)
        {
            Drop(oldest.Value.Owner);
        }
    }

    private void Drop(object owner)
    {
        if (_kept.Remove(owner, out var node))
        {
            _oldestFirst.Remove(node);
            _bytes -= node.Value.Bytes;
        }
    }

    private sealed class Kept(object owner, List<Block> blocks)
    {
        public object Owner => owner;

        public List<Block> Blocks => blocks;

        public long Bytes { get; set; }
    }
}
