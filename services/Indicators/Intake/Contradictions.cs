using EarlyWarning.Catalogue.Observations;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// Finds the items of one call that contradict each other: of one natural key and revision with other content, or with one id and other
/// content. Neither is recorded, because nothing says which is right; each names the other. Items that say the same stay: the second is a
/// duplicate.
/// </summary>
internal static class Contradictions
{
    // Tables of a thousand items are large objects, which only a full collection frees: each thread keeps its own.
    [ThreadStatic]
    private static (Dictionary<Key, int> Keys, Dictionary<(string Country, string Id), int> Ids)? t_seen;

    /// <summary>Says of each item that is contradicted why it is refused; nothing where none is, which is nearly always.</summary>
    /// <param name="items">The items of the call.</param>
    /// <param name="outcomes">What became of them so far: only those not refused yet are looked at.</param>
    public static SortedList<int, ItemContradiction>? Find(IReadOnlyList<V1.Observation> items, ReadOnlySpan<V1.Outcome> outcomes)
    {
        if (items.Count < 2)
        {
            return null;
        }

        var (keys, ids) = t_seen ??= ([], []);
        try
        {
            return Find(items, outcomes, keys, ids);
        }
        finally
        {
            keys.Clear();
            ids.Clear();
        }
    }

    private static SortedList<int, ItemContradiction>? Find(
        IReadOnlyList<V1.Observation> items,
        ReadOnlySpan<V1.Outcome> outcomes,
        Dictionary<Key, int> keys,
        Dictionary<(string Country, string Id), int> ids
    )
    {
        SortedList<int, ItemContradiction>? found = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (outcomes[i] != V1.Outcome.Unspecified)
            {
                continue;
            }

            var item = items[i];
            if (!ids.TryAdd((item.Country, item.ObservationId), i))
            {
                Compare(ids[(item.Country, item.ObservationId)], i, sameId: true);
            }

            if (!keys.TryAdd(Key.Of(item), i))
            {
                Compare(keys[Key.Of(item)], i, sameId: false);
            }
        }

        for (var i = 0; found is not null && i < items.Count; i++)
        {
            // A repeat of what is contradicted is contradicted as well.
            if (
                outcomes[i] == V1.Outcome.Unspecified
                && !found.ContainsKey(i)
                && (
                    (found.TryGetValue(ids[(items[i].Country, items[i].ObservationId)], out var contradicted) && contradicted.SameId)
                    || (found.TryGetValue(keys[Key.Of(items[i])], out contradicted) && !contradicted.SameId)
                )
            )
            {
                found.Add(i, Of(i, contradicted.Other, contradicted.SameId, Differences(items[contradicted.Other], items[i])));
            }
        }

        return found;

        void Compare(int first, int second, bool sameId)
        {
            if (Differences(items[first], items[second]) is { Length: > 0 } differences)
            {
                found ??= [];
                found.TryAdd(first, Of(first, second, sameId, Differences(items[second], items[first])));
                found[second] = Of(second, first, sameId, differences);
            }
        }

        ItemContradiction Of(int item, int other, bool sameId, string differences) =>
            new(
                other,
                sameId,
                sameId
                    ? $"The items {other} and {item} of this call have the id '{items[item].ObservationId}' and differ: item {other} has "
                        + $"{differences}. Neither is recorded. Give each observation an id of its own."
                    : $"The items {other} and {item} of this call are one observation with two contents: item {other} has {differences}. "
                        + $"Neither is recorded. Send the right one alone, or number corrections by revision."
            );
    }

    private static string Differences(V1.Observation other, V1.Observation item)
    {
        var content = ObservationContent.Of(other).Differences(ObservationContent.Of(item));
        var texts = string.Join("; ", Texts());
        return texts.Length > 0 && content.Length > 0 ? $"{texts}; {content}" : texts + content;

        IEnumerable<string> Texts()
        {
            if (other.Indicator != item.Indicator)
            {
                yield return $"indicator {other.Indicator}, not {item.Indicator}";
            }

            if (other.Source != item.Source)
            {
                yield return $"source {other.Source}, not {item.Source}";
            }
        }
    }

    private readonly record struct Key(
        string Source,
        string Country,
        string Area,
        string Indicator,
        long Observed,
        long Horizon,
        long Revision
    )
    {
        public static Key Of(V1.Observation item) =>
            new(
                item.Source,
                item.Country,
                item.Area,
                item.Indicator,
                ObservationContent.Ticks(item.ObservedAt),
                ObservationContent.Ticks(item.Horizon),
                item.Revision
            );
    }
}

/// <summary>Why an item is contradicted.</summary>
/// <param name="Other">The place of the item that contradicts it.</param>
/// <param name="SameId">They share an id, and not only key and revision.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record ItemContradiction(int Other, bool SameId, string Message);
