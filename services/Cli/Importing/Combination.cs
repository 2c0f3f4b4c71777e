using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>What the rows of one key come to: their sum, greatest, mean or number.</summary>
internal sealed class Combination(string how)
{
    public static readonly string[] Kinds = ["sum", "max", "mean", Mapping.Count];

    private readonly Dictionary<KeyTable.Key, Parts> _parts = [];

    /// <summary>Adds a row's value to its key's. Throws where the two cannot be put together.</summary>
    public void Add(KeyTable.Key key, Item item)
    {
        var one = item.Observation;
        var isFirst = !_parts.TryGetValue(key, out var parts);
        parts = isFirst ? new() { Unit = one.Unit, HasMissing = item.IsMissing } : parts;
        if (parts.Unit != one.Unit)
        {
            throw new RowException(
                item.Column,
                Rejection.UnitMismatch,
                $"its unit is '{one.Unit}' and that of another row of its key '{parts.Unit}', so they cannot be put together."
            );
        }

        // A sum without one of its parts is too low, and looks like a whole one.
        if (parts.HasMissing != item.IsMissing)
        {
            throw new RowException(
                item.Column,
                Rejection.MissingPart,
                $"one row of {one.Country} and {one.Indicator} has no value and another has, so the {how} is not known. Leave such rows "
                    + $"out with where, if that is what you mean."
            );
        }

        if (!item.IsMissing)
        {
            parts.Count++;
            parts.Value =
                how == "max" && parts.Count > 1 ? Math.Max(parts.Value, one.Value)
                : how == "max" ? one.Value
                : parts.Value + one.Value;
            parts.KnownAt = Later(parts.KnownAt, one.KnownAt);
        }

        _parts[key] = parts;
    }

    /// <summary>The value of all its rows, at the last of them.</summary>
    public Item Of(KeyTable.Key key, Item last)
    {
        var parts = _parts[key];
        var whole = last.Observation.Clone();
        whole.Value = how == "mean" ? parts.Value / parts.Count : parts.Value;
        whole.KnownAt = parts.KnownAt;
        return last with { Observation = whole };
    }

    // What is made of several rows could be known when the last of them could.
    private static Timestamp? Later(Timestamp? one, Timestamp? other) =>
        one is null ? other
        : other is null || one >= other ? one
        : other;

    private struct Parts
    {
        public string Unit;
        public double Value;
        public int Count;
        public Timestamp? KnownAt;
        public bool HasMissing;
    }
}
