using System.Globalization;
using EarlyWarning.Access.Keys;

namespace EarlyWarning.Host.Options;

/// <summary>Keys as <c>keys list</c> prints them.</summary>
internal static class KeyListing
{
    private const string Minute = "yyyy-MM-dd HH:mm'Z'";

    /// <summary>Writes the table.</summary>
    public static void Write(TextWriter output, KeyFile file, DateTimeOffset now)
    {
        if (file.Read() is not { } keys)
        {
            output.WriteLine(
                $"There is no {file.Path}: a suite that is started so lets everybody on its machine in, "
                    + "or with --tls-client-ca whoever shows a certificate."
            );
            return;
        }

        var uses = KeyUses.Read(KeyUses.PathBeside(file));
        List<string[]> rows =
        [
            ["NAME", "KEY", "MADE", "EXPIRES", "LAST USED", "ROLES"],
        ];
        rows.AddRange(
            keys.OrderBy(key => key.Name, StringComparer.Ordinal)
                .ThenBy(key => key.Made)
                .Select(key => new[] { key.Name, key.Id, At(key.Made), Expiry(key, now), Use(key, uses), string.Join("; ", key.Roles) })
        );
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string Expiry(ApiKey key, DateTimeOffset now) =>
        key.Expires is not { } at ? "never"
        : key.HasExpired(now) ? $"EXPIRED {At(at)}"
        : At(at);

    /// <summary>What was not watched is not known, which is no "never".</summary>
    private static string Use(ApiKey key, KeptUses? uses) =>
        uses switch
        {
            null => "not known",
            _ when uses.Used.TryGetValue(key.Id, out var used) => At(used),
            _ when key.Made >= uses.Since => "never",
            _ => $"not since {At(uses.Since)}",
        };

    private static string At(DateTimeOffset moment) => moment.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture);
}
