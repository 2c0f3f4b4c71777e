namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>Finds the name that was probably meant: the nearest of those that there are.</summary>
public static class NearName
{
    private const int Longest = 64;

    /// <summary>The nearest name, or <see langword="null"/> where none is near: at most a third of its letters may be wrong.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="names">The names that there are.</param>
    public static string? Of(string name, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(names);
        if (name.Length is 0 or > Longest)
        {
            return null;
        }

        var (best, least) = ((string?)null, int.MaxValue);
        foreach (var candidate in names.Where(candidate => candidate.Length <= Longest))
        {
            var distance = Distance(name, candidate);
            if (distance < least && distance <= Math.Max(1, Math.Min(name.Length, candidate.Length) / 3))
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>
    /// How many letters have to be added, left out, changed or swapped with their neighbour; capitals count as small letters.
    /// </summary>
    internal static int Distance(string one, string other)
    {
        Span<int> beforeLast = stackalloc int[Longest + 1];
        Span<int> last = stackalloc int[Longest + 1];
        Span<int> row = stackalloc int[Longest + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = Same(one[i - 1], other[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + changed);
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[other.Length];
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
