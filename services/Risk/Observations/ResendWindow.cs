namespace EarlyWarning.Risk.Observations;

/// <summary>
/// The ids recorded last, by which a resend is recognised without a look into history: 128-bit hashes of the ids with 64-bit hashes of
/// their contents, and whether they are still the current observations of their keys. Bounded: 41 bytes an id, 0.7 MB when full; it grows
/// as it fills.
/// </summary>
internal sealed class ResendWindow(int capacity = ResendWindow.Capacity)
{
    /// <summary>How many ids of a country are remembered.</summary>
    public const int Capacity = 16_384;

    private UInt128[] _ids = new UInt128[Math.Min(64, capacity)];
    private ulong[] _contents = new ulong[Math.Min(64, capacity)];
    private bool[] _outdated = new bool[Math.Min(64, capacity)];

    /// <summary>
    /// Open addressing with linear probing, never more than half full. A slot is 0, or the lower half of the id's hash above the place in
    /// the ring plus one: so a new id, which nearly all are, is told from the others without a look into the ring, which is out of the
    /// processor's
    /// cache where forty countries take turns.
    /// </summary>
    private ulong[] _slots = new ulong[SlotsFor(Math.Min(64, capacity))];
    private int _next;

    public int Count { get; private set; }

    /// <summary>Looks for an id.</summary>
    /// <param name="id">The id's hash.</param>
    /// <param name="content">The hash of its content.</param>
    /// <param name="outdated">Another observation of its natural key is current.</param>
    public bool TryFind(UInt128 id, out ulong content, out bool outdated)
    {
        var place = Find(id);
        (content, outdated) = place < 0 ? (0, false) : (_contents[place], _outdated[place]);
        return place >= 0;
    }

    /// <summary>Notes that another observation has become the current one of an id's natural key.</summary>
    public void Outdate(UInt128 id)
    {
        if (Find(id) is var place and >= 0)
        {
            _outdated[place] = true;
        }
    }

    /// <summary>Remembers an id; the oldest makes room. One that is in the window stays as it is.</summary>
    public void Add(UInt128 id, ulong content, bool outdated)
    {
        if (Find(id) >= 0)
        {
            return;
        }

        if (Count == _ids.Length && Count < capacity)
        {
            Grow();
        }

        if (Count == _ids.Length)
        {
            Forget(_next);
        }
        else
        {
            Count++;
        }

        (_ids[_next], _contents[_next], _outdated[_next]) = (id, content, outdated);
        Link(_next);
        _next = (_next + 1) % _ids.Length;
    }

    /// <summary>Hands out what is remembered, oldest first.</summary>
    public IEnumerable<(UInt128 Id, ulong Content, bool Outdated)> Oldest()
    {
        for (var i = 0; i < Count; i++)
        {
            var place = (_next - Count + i + _ids.Length) % _ids.Length;
            yield return (_ids[place], _contents[place], _outdated[place]);
        }
    }

    private int Find(UInt128 id)
    {
        var tag = Tag(id);
        for (var slot = Home(tag); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if ((uint)(_slots[slot] >> 32) == tag && _ids[Place(_slots[slot])] == id)
            {
                return Place(_slots[slot]);
            }
        }

        return -1;
    }

    private static int SlotsFor(int size) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size * 2);

    private static uint Tag(UInt128 id) => (uint)(ulong)id;

    private static int Place(ulong slot) => (int)(uint)slot - 1;

    private int Home(uint tag) => (int)tag & (_slots.Length - 1);

    private void Link(int place)
    {
        var tag = Tag(_ids[place]);
        var slot = Home(tag);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = ((ulong)tag << 32) | (uint)(place + 1);
    }

    private void Forget(int place)
    {
        var mask = _slots.Length - 1;
        var gap = Home(Tag(_ids[place]));
        while (Place(_slots[gap]) != place)
        {
            gap = (gap + 1) & mask;
        }

        // Entries after the gap move back as long as that brings them nearer to their home, so that a probe never stops early.
        for (var slot = (gap + 1) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var home = Home((uint)(_slots[slot] >> 32));
            if (((slot - home) & mask) >= ((slot - gap) & mask))
            {
                _slots[gap] = _slots[slot];
                gap = slot;
            }
        }

        _slots[gap] = 0;
    }

    private void Grow()
    {
        // Full and not yet at its limit, the ring starts at 0.
        var size = Math.Min(capacity, _ids.Length * 2);
        Array.Resize(ref _ids, size);
        Array.Resize(ref _contents, size);
        Array.Resize(ref _outdated, size);
        _slots = new ulong[SlotsFor(size)];
        _next = Count;
        for (var place = 0; place < Count; place++)
        {
            Link(place);
        }
    }
}
