using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>A table of a reference set's units by indicators or nodes. Immutable.</summary>
public sealed class UnitTable
{
    private readonly double[][] _columns;
    private readonly Dictionary<string, int> _numbers;

    internal UnitTable(ImmutableArray<string> units, ImmutableArray<string> codes, double[][] columns)
    {
        (Units, Codes, _columns) = (units, codes, columns);
        _numbers = new Dictionary<string, int>(codes.Length, StringComparer.Ordinal);
        for (var i = 0; i < codes.Length; i++)
            _numbers.Add(codes[i], i);
    }

    private UnitTable(UnitTable shape, double[][] columns) =>
        (Units, Codes, _numbers, _columns) = (shape.Units, shape.Codes, shape._numbers, columns);

    /// <summary>Gets the keys of the rows; see <see cref="ReferenceUnit.Key"/>.</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>Gets the codes of the columns, in the order of the tree.</summary>
    public ImmutableArray<string> Codes { get; }

    /// <summary>Gets a column, a value a unit; NaN where it has none.</summary>
    /// <param name="code">The column's code.</param>
    /// <returns>The values in the order of <see cref="Units"/>.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ReadOnlySpan<double> Column(string code) =>
        _numbers.TryGetValue(code, out var column)
            ? _columns[column]
            : throw new ArgumentException($"There is no column \"{code}\".", nameof(code));

    /// <summary>A table of the same rows and columns.</summary>
    internal UnitTable With(double[][] columns) => new(this, columns);
}
