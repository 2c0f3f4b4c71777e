using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Risk.Breaches;

/// <summary>All breaches and the newest of their changes, folded from the journal of changes: one entry is one breach as it stood.</summary>
internal sealed class BreachRegister
{
    /// <summary>How many changes a watch can go back; older ones are to be listed.</summary>
    public const int Retention = 10_000;

    private readonly Dictionary<string, (V1.Breach Breach, long Position)> _breaches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _movedBy = new(StringComparer.Ordinal);
    private readonly Queue<(long Position, V1.Breach Breach)> _changes = new();

    public long Position { get; private set; }

    /// <summary>Newest first.</summary>
    public IEnumerable<V1.Breach> NewestFirst => _breaches.Values
        .OrderByDescending(held => held.Breach.FireTime.ToDateTimeOffset()).ThenBy(held => held.Breach.Name, StringComparer.Ordinal).Select(held => held.Breach);

    public V1.Breach? Find(string name) => _breaches.TryGetValue(name, out var held) ? held.Breach : null;

    public IEnumerable<V1.Breach> MovedBy(string observationId) => _movedBy.GetValueOrDefault(observationId, []).Select(name => _breaches[name].Breach);

    /// <summary>Whether changes after a position are all still here.</summary>
    public bool Reaches(long position) => position >= Position || (_changes.TryPeek(out var oldest) && oldest.Position <= position + 1);

    public IEnumerable<(long Position, V1.Breach Breach)> After(long position) => _changes.Where(change => change.Position > position);

    public void Apply(long position, V1.Breach breach)
    {
        Position = position;
        if (!_breaches.ContainsKey(breach.Name))
        {
            foreach (var id in breach.Movements.SelectMany(movement => movement.ObservationIds))
            {
                if (!_movedBy.TryGetValue(id, out var names))
                {
                    _movedBy.Add(id, names = []);
                }

                names.Add(breach.Name);
            }
        }

        _breaches[breach.Name] = (breach, position);
        _changes.Enqueue((position, breach));
        if (_changes.Count > Retention)
        {
            _changes.Dequeue();
        }
    }

    public RegisterSnapshot Write() => new()
    {
        Format = RegisterFold.Format,
        Position = Position,
        Breaches = { _breaches.Values.OrderBy(held => held.Position).Select(held => Kept(held.Position, held.Breach)) },
        Changes = { _changes.Select(change => Kept(change.Position, change.Breach)) },
    };

    public void Read(RegisterSnapshot snapshot)
    {
        foreach (var kept in snapshot.Breaches)
        {
            Apply(kept.Position, V1.Breach.Parser.ParseFrom(kept.Breach));
        }

        _changes.Clear();
        foreach (var kept in snapshot.Changes)
        {
            _changes.Enqueue((kept.Position, V1.Breach.Parser.ParseFrom(kept.Breach)));
        }

        Position = snapshot.Position;
    }

    private static KeptBreach Kept(long position, V1.Breach breach) => new() { Position = position, Breach = breach.ToByteString() };
}

/// <summary>How the register is folded.</summary>
internal sealed class RegisterFold : IFold<BreachRegister>
{
    public const int Format = 1;

    public BreachRegister Empty() => new();

    public void Apply(BreachRegister state, JournalEntry entry)
    {
        var change = RegisterEntry.Parser.ParseFrom(entry.Payload.Span);
        if (change.Format > Format)
        {
            throw new NewerFormatException(change.Format);
        }

        state.Apply(entry.Position, V1.Breach.Parser.ParseFrom(change.Breach));
    }

    public byte[] Write(BreachRegister state) => state.Write().ToByteArray();

    public BreachRegister? Read(ReadOnlyMemory<byte> snapshot)
    {
        var kept = RegisterSnapshot.Parser.ParseFrom(snapshot.Span);
        if (kept.Format != Format)
        {
            return null;
        }

        var state = new BreachRegister();
        state.Read(kept);
        return state;
    }
}
