using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// A frozen table of units by indicators: what "the other countries" are to a framework's methods. Immutable, part of a framework's
/// version. Values are raw, in the indicators' own units; denominators are columns like any other.
/// </summary>
public sealed class ReferenceSet
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly double[] _values;

    /// <summary>Initializes a new instance of the <see cref="ReferenceSet"/> class.</summary>
    /// <param name="units">The rows, in an order that Copeland's method and ties depend on.</param>
    /// <param name="indicators">The columns' codes, each once.</param>
    /// <param name="values">Row after row; NaN where a unit has no value.</param>
    /// <exception cref="ArgumentException">The table is not units × indicators, a code is there twice, or a value is infinite.</exception>
    public ReferenceSet(ImmutableArray<ReferenceUnit> units, ImmutableArray<string> indicators, ReadOnlySpan<double> values)
    {
        if (values.Length != units.Length * indicators.Length)
            throw new ArgumentException(
                $"{units.Length} units and {indicators.Length} indicators make no {values.Length} values.",
                nameof(values)
            );
        Units = units;
        Indicators = indicators;
        _values = values.ToArray();
        for (var i = 0; i < indicators.Length; i++)
            if (!_columns.TryAdd(indicators[i], i))
                throw new ArgumentException($"\"{indicators[i]}\" is there twice.", nameof(indicators));
        for (var i = 0; i < units.Length; i++)
            if (!_rows.TryAdd(units[i].Key, i))
                throw new ArgumentException($"\"{units[i].Key}\" is there twice.", nameof(units));
        foreach (var value in _values)
            if (double.IsInfinity(value))
                throw new ArgumentException("A value is infinite.", nameof(values));
    }

    /// <summary>Gets the rows.</summary>
    public ImmutableArray<ReferenceUnit> Units { get; }

    /// <summary>Gets the columns.</summary>
    public ImmutableArray<string> Indicators { get; }

    /// <summary>Gets a value; NaN where it is missing, or where the set has no such indicator.</summary>
    /// <param name="unit">The row's number.</param>
    /// <param name="indicator">The column's code.</param>
    public double this[int unit, string indicator] =>
        _columns.TryGetValue(indicator, out var column) ? _values[(unit * Indicators.Length) + column] : double.NaN;

    /// <summary>Tells whether the set has a column for an indicator.</summary>
    /// <param name="indicator">Its code.</param>
    /// <returns>Whether it has.</returns>
    public bool Has(string indicator) => _columns.ContainsKey(indicator);

    /// <summary>Copies a column.</summary>
    /// <param name="indicator">Its code.</param>
    /// <returns>A value a unit; NaN where it is missing, or everywhere if there is no such column.</returns>
    public double[] Column(string indicator)
    {
        var copy = new double[Units.Length];
        if (!_columns.TryGetValue(indicator, out var column))
            Array.Fill(copy, double.NaN);
        else
            for (var unit = 0; unit < copy.Length; unit++)
                copy[unit] = _values[(unit * Indicators.Length) + column];
        return copy;
    }

    /// <summary>Finds a row by its unit's key: the code, or code@time where the unit has a time.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The row's number, or −1.</returns>
    public int RowOf(string key) => _rows.GetValueOrDefault(key, -1);
}

/// <summary>One row of a reference set.</summary>
/// <param name="Code">The country's code.</param>
/// <param name="Time">The time that the row is of, in years, where the set has several rows a country; null where it has one.</param>
/// <param name="Groups">The groups that the country is in, by grouping: region → Africa. Null for none.</param>
public sealed record ReferenceUnit(string Code, double? Time = null, ImmutableDictionary<string, string>? Groups = null)
{
    /// <summary>Gets what the row goes by.</summary>
    public string Key => Time is { } time ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Code}@{time}") : Code;

    /// <summary>Gets the country's group in a grouping, or null.</summary>
    /// <param name="grouping">The grouping's name.</param>
    /// <returns>The group.</returns>
    public string? GroupIn(string grouping) => Groups?.GetValueOrDefault(grouping);
}
