using System.Text;

namespace EarlyWarning.Yaml;

/// <summary>Words of files: how keys and choices are written, and which was probably meant.</summary>
public static class KnownWords
{
    private const int MostShown = 30;

    /// <summary>Says which words there are, the nearest first where one is near.</summary>
    public static string Offer(string given, IEnumerable<string> known)
    {
        string[] words = [.. known.Order(StringComparer.Ordinal)];
        if (words.Length == 0)
        {
            return "No key belongs here.";
        }

        var list = $"Known are {string.Join(", ", words.Take(MostShown))}{(words.Length > MostShown ? ", …" : "")}.";
        return Nearest(given, words) is { } nearest ? $"Did you mean '{nearest}'? {list}" : list;
    }

    /// <summary>The word that was probably meant; <see langword="null"/> where none is near.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(known);
        var most = (Math.Min(given.Length, 40) + 2) / 3;
        return given.Length > 60
            ? null
            : known
                .Select(word => (Word: word, Distance: Distance(given.ToLowerInvariant(), word.ToLowerInvariant())))
                .Where(pair => pair.Distance <= most)
                .OrderBy(pair => pair.Distance)
                .ThenBy(pair => pair.Word, StringComparer.Ordinal)
                .Select(pair => pair.Word)
                .FirstOrDefault();
    }

    /// <summary>Lists words for a sentence: <c>a, b or c</c>.</summary>
    public static string Choice(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
    }

    /// <summary>A word whose parts may be joined by underscores, as the contract joins them, as files join them: by hyphens.</summary>
    public static string Hyphened(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Replace('_', '-');
    }

    /// <summary>A name of code as files write it: <c>minimum_coverage</c> and <c>MinimumCoverage</c> are <c>minimum-coverage</c>.</summary>
    public static string Kebab(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        StringBuilder kebab = new(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && kebab.Length > 0 && kebab[^1] != '-')
            {
                kebab.Append('-');
            }

            kebab.Append(c == '_' ? '-' : char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }

    // By single letters put in, taken out or exchanged, and by neighbours that changed places (optimal string alignment).
    private static int Distance(string one, string other)
    {
        int[] before = [],
            last = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var row = new int[other.Length + 1];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1), Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last) = (last, row);
        }

        return last[^1];
    }
}
