using System.Text.Json;
using System.Text.RegularExpressions;
using EarlyWarning.Access.Roles;

namespace EarlyWarning.Access.Keys;

/// <content>What a file of keys may hold.</content>
public sealed partial class KeyFile
{
    /// <summary>Reads what is in the file.</summary>
    /// <exception cref="InvalidDataException">It is not a list of keys.</exception>
    internal IReadOnlyList<ApiKey> Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<List<ApiKey>>(bytes, s_json)
                ?? throw new InvalidDataException($"{path}: it is null; write [] for nobody.");
            return FaultOf(keys) is { } fault ? throw new InvalidDataException($"{path}: {fault}") : keys;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static string? FaultOf(IReadOnlyList<ApiKey?> keys)
    {
        foreach (var (i, key) in keys.Index())
        {
            var fault =
                key is null ? "it is null."
                : !Id().IsMatch(key.Id) ? "its 'id' has 1 to 40 of a-z and 0-9."
                : !Hash().IsMatch(key.Sha256) ? "its 'sha256' has 64 of 0-9 and a-f."
                : key.Roles.Count == 0 || key.Roles.Any(role => role is null) ? "its 'roles' name one at least."
                : KeyName.FaultOf(key.Name) ?? key.Roles.SelectMany(GrantRules.FaultsOf).FirstOrDefault();
            if (fault is not null)
            {
                return $"key {i + 1}: {fault}";
            }
        }

        return Twice(keys.Select(key => key!.Id)) is { } id ? $"the id {id} is there twice."
            : Twice(keys.Select(key => key!.Sha256)) is not null ? "the same sha256 is there twice."
            : null;
    }

    private static string? Twice(IEnumerable<string> texts) =>
        texts.GroupBy(text => text, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any())?.Key;

    [GeneratedRegex(@"^[a-z0-9]{1,40}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Hash();
}
