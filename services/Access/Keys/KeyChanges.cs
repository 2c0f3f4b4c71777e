using EarlyWarning.ServiceDefaults.Auditing;

namespace EarlyWarning.Access.Keys;

/// <summary>Puts on record who may call: what is in force at the start, and each change by name, before and after.</summary>
internal static class KeyChanges
{
    /// <summary>The method of such entries.</summary>
    public const string Method = "keys";

    private const int MostNames = 100;

    /// <summary>
    /// The entry of what is in force at the start. One of many names is cut and ends with the SHA-256 of all, so that two can be compared.
    /// </summary>
    public static V1.AuditEntry Start(ApiKeys keys, DateTimeOffset now) =>
        AuditEntries.Own(
            Method,
            "",
            keys.IsOpen
                ? "In force at the start: everybody on this machine is let in, without a key."
                : "In force at the start: "
                    + string.Join(
                        "; ",
                        Names(keys.All).OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => $"'{name.Key}' {Say(name)}")
                    ),
            now
        );

    /// <summary>An entry for each name whose keys are others than before.</summary>
    public static IEnumerable<V1.AuditEntry> Of(IReadOnlyList<ApiKey> before, IReadOnlyList<ApiKey> after, DateTimeOffset now)
    {
        var (old, fresh) = (Names(before), Names(after));
        var changed = old.Select(name => name.Key)
            .Union(fresh.Select(name => name.Key), StringComparer.Ordinal)
            .Where(name => !old[name].ToHashSet().SetEquals(fresh[name]))
            .Order(StringComparer.Ordinal)
            .ToList();
        var entries = changed
            .Take(MostNames)
            .Select(name => AuditEntries.Own(Method, name, $"Before: {Say(old[name])} Now: {Say(fresh[name])}", now));
        return changed.Count <= MostNames
            ? entries
            : entries.Append(
                AuditEntries.Own(
                    Method,
                    "",
                    $"Changed at the same time, too many to tell of each: {string.Join(", ", changed.Skip(MostNames))}",
                    now
                )
            );
    }

    private static ILookup<string, ApiKey> Names(IEnumerable<ApiKey> keys) => keys.ToLookup(key => key.Name, StringComparer.Ordinal);

    private static string Say(IEnumerable<ApiKey> keys) =>
        string.Join(
            ", ",
            keys.Select(key =>
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"key {key.Id}: {string.Join("; ", key.Roles)}"
                        + $"{(key.Expires is { } at ? $", until {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : "")}"
                )
            )
        )
            is { Length: > 0 } said
            ? $"{said}."
            : "no key.";
}
