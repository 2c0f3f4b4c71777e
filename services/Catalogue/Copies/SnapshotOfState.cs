using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace EarlyWarning.Catalogue.Copies;

/// <summary>Makes snapshots for reading from states. Tables that two revisions have in common are made once.</summary>
internal static class SnapshotOfState
{
    private static readonly ConditionalWeakTable<object, object> s_tables = [];

    /// <summary>Makes the snapshot; compiles every active framework that was not yet.</summary>
    public static CatalogueSnapshot Make(CatalogueState state) =>
        new(
            state.Revision,
            Table(state.Indicators, static indicators => indicators.ToFrozenDictionary(StringComparer.Ordinal)),
            Table(state.Frameworks, static frameworks =>
                frameworks
                    .Select(pair => pair.Value[^1].Active)
                    .OfType<ActiveFramework>()
                    .ToFrozenDictionary(active => active.Id, StringComparer.Ordinal)
            ),
            Table(state.Thresholds, static thresholds => thresholds.ToFrozenDictionary(StringComparer.Ordinal))
        )
        {
            Retired = Table(state.Retired, static retired => retired.ToFrozenDictionary(StringComparer.Ordinal)),
        };

    private static FrozenDictionary<string, TTo> Table<TFrom, TTo>(
        ImmutableSortedDictionary<string, TFrom> from,
        Func<ImmutableSortedDictionary<string, TFrom>, FrozenDictionary<string, TTo>> make
    ) => (FrozenDictionary<string, TTo>)s_tables.GetValue(from, _ => make(from));
}
