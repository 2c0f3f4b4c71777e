using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Which rows are held out together in cross-validation. The same table, count and seed give the same folds on every machine.
/// </summary>
public sealed class FoldAssignment
{
    private FoldAssignment(int count, ImmutableArray<int> folds) => (Count, Folds) = (count, folds);

    /// <summary>Gets the number of folds.</summary>
    public int Count { get; }

    /// <summary>Gets each row's fold, from 0.</summary>
    public ImmutableArray<int> Folds { get; }

    /// <summary>Deals rows into folds at random, events and the others apart, so that each fold has its share of events.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="count">The number of folds, from 2 to the number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="FittingException">There are fewer rows than folds, or fewer folds than 2.</exception>
    public static FoldAssignment ByRow(TrainingTable table, int count, ulong seed)
    {
        CheckCount(count, table.RowCount, "rows");
        var rows = Enumerable.Range(0, table.RowCount).ToArray();
        new SplitMix64(seed).Shuffle<int>(rows);
        var folds = new int[table.RowCount];
        var dealt = 0;
        foreach (var events in (ReadOnlySpan<bool>)[true, false])
        foreach (var row in rows)
            if (table.Outcomes[row] == events)
                folds[row] = dealt++ % count;
        return new FoldAssignment(count, [.. folds]);
    }

    /// <summary>Keeps the rows of one group, as a rule a country, in one fold.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="count">The number of folds, from 2 to the number of groups.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="FittingException">There are fewer groups than folds, or fewer folds than 2.</exception>
    public static FoldAssignment ByGroup(TrainingTable table, int count, ulong seed) => ByKey(table, row => table.Groups[row], count, seed);

    /// <summary>Keeps the rows of one period, as a rule a year, in one fold.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="count">The number of folds, from 2 to the number of periods.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="FittingException">There are fewer periods than folds, or fewer folds than 2.</exception>
    public static FoldAssignment ByPeriod(TrainingTable table, int count, ulong seed) =>
        ByKey(table, row => table.Periods[row] ?? int.MinValue, count, seed);

    /// <summary>
    /// Keeps rows of one key in one fold. Keys are dealt in random order, those with most rows of the rarer outcome first, each to the fold
    /// that has the fewest of them by then and, among those, the fewest rows: where two keys have the rarer outcome, no fold holds all of
    /// it.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys, which must have an order.</typeparam>
    /// <param name="table">The cases.</param>
    /// <param name="key">The key of a row, by its number.</param>
    /// <param name="count">The number of folds, from 2 to the number of keys.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="FittingException">There are fewer keys than folds, or fewer folds than 2.</exception>
    public static FoldAssignment ByKey<TKey>(TrainingTable table, Func<int, TKey> key, int count, ulong seed)
        where TKey : notnull
    {
        var comparer = typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : Comparer<TKey>.Default;
        var rarer = table.EventCount * 2 <= table.RowCount;
        var groups = Enumerable
            .Range(0, table.RowCount)
            .GroupBy(key)
            .OrderBy(group => group.Key, comparer)
            .Select(group => (Rows: group.ToArray(), Rarer: group.Count(row => table.Outcomes[row] == rarer)))
            .ToArray();
        CheckCount(count, groups.Length, "groups");
        new SplitMix64(seed).Shuffle<(int[], int)>(groups);
        var folds = new int[table.RowCount];
        var sizes = new (int Rarer, int Rows)[count];
        foreach (var (rows, ofRarer) in groups.OrderByDescending(group => group.Rarer).ThenByDescending(group => group.Rows.Length))
        {
            var fold = Array.IndexOf(sizes, sizes.Min());
            sizes[fold] = (sizes[fold].Rarer + ofRarer, sizes[fold].Rows + rows.Length);
            foreach (var row in rows)
                folds[row] = fold;
        }

        return new FoldAssignment(count, [.. folds]);
    }

    /// <summary>The rows within a fold, or those outside it.</summary>
    internal int[] Rows(int fold, bool inside) => [.. Enumerable.Range(0, Folds.Length).Where(row => (Folds[row] == fold) == inside)];

    /// <summary>The rows outside a fold, from which a model learns that is tested on the fold.</summary>
    /// <exception cref="FittingException">The fold holds every row of one outcome.</exception>
    internal TrainingTable Outside(TrainingTable table, int fold)
    {
        var outside = table.Select(Rows(fold, inside: false));
        if (outside.EventCount > 0 && outside.EventCount < outside.RowCount)
            return outside;
        throw new FittingException(
            table.Outcome.Outcome,
            $"Fold {fold + 1} of {Count} holds every row whose outcome is {(outside.EventCount == 0 ? "1" : "0")}, so nothing can be "
                + $"learned without it.",
            "Give rows of both outcomes in two or more of what is kept together, or a penalty and no calibration, which need no folds."
        );
    }

    private static void CheckCount(int count, int available, string what)
    {
        if (count < 2 || count > available)
            throw new FittingException("folds", $"{count} folds of {available} {what} cannot be made.", $"Give 2 to {available} folds.");
    }
}
