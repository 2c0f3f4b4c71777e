using System.Buffers;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// The valid items of a batch by country. Two passes, so that each country's array has its exact size and nothing grows: the first numbers
/// the countries and counts, the second fills.
/// </summary>
internal sealed class CountryGroups
{
    [ThreadStatic]
    private static Dictionary<string, int>? t_numbers;

    private CountryGroups(CountryGroup[] groups) => All = groups;

    /// <summary>Gets the groups in the order in which their countries first appear.</summary>
    public CountryGroup[] All { get; }

    /// <summary>Groups the items whose outcome is not decided yet.</summary>
    public static CountryGroups Of(IReadOnlyList<V1.Observation> items, ReadOnlySpan<V1.Outcome> outcomes)
    {
        var numbers = t_numbers ??= new(StringComparer.Ordinal);
        var groupOf = ArrayPool<int>.Shared.Rent(items.Count);
        var sizes = ArrayPool<int>.Shared.Rent(items.Count);
        try
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (outcomes[i] != V1.Outcome.Unspecified)
                {
                    groupOf[i] = -1;
                    continue;
                }

                ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    numbers,
                    items[i].Country,
                    out var known
                );
                if (!known)
                {
                    number = numbers.Count - 1;
                    sizes[number] = 0;
                }

                sizes[number]++;
                groupOf[i] = number;
            }

            return Fill(items, groupOf, sizes, numbers.Count);
        }
        finally
        {
            numbers.Clear();
            ArrayPool<int>.Shared.Return(groupOf);
            ArrayPool<int>.Shared.Return(sizes);
        }
    }

    private static CountryGroups Fill(IReadOnlyList<V1.Observation> items, int[] groupOf, int[] sizes, int count)
    {
        var groups = new CountryGroup[count];
        for (var i = 0; i < items.Count; i++)
        {
            if (groupOf[i] is var number and >= 0)
            {
                (groups[number] ??= new(items[i].Country, sizes[number])).Add(items[i], i);
            }
        }

        return new(groups);
    }
}

/// <summary>The valid items of one country in a batch.</summary>
internal sealed class CountryGroup(string country, int size)
{
    private int _count;

    /// <summary>Gets the country.</summary>
    public string Country => country;

    /// <summary>Gets the items. The array goes to the country's grain and is not used again.</summary>
    public V1.Observation[] Items { get; } = new V1.Observation[size];

    /// <summary>Gets the place of each item in the request.</summary>
    public int[] Indices { get; } = new int[size];

    /// <summary>Adds the next item.</summary>
    public void Add(V1.Observation item, int index)
    {
        Items[_count] = item;
        Indices[_count++] = index;
    }
}
