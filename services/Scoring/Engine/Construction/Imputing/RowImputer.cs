using System.Buffers;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>
/// All fillers of a framework. Each looks at what was observed and none at what another filled, so their order does not matter.
/// </summary>
/// <param name="fillers">At least one.</param>
internal sealed class RowImputer(IFiller[] fillers) : IRowImputer
{
    public void Fill(Span<double> row, Span<double> errors, IReadOnlyDictionary<string, string>? groups)
    {
        var rented = ArrayPool<double>.Shared.Rent(row.Length);
        var observed = rented.AsSpan(0, row.Length);
        row.CopyTo(observed);
        foreach (var filler in fillers)
            filler.Fill(observed, row, errors, groups);
        ArrayPool<double>.Shared.Return(rented);
    }
}
