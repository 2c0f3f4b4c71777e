using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>
/// Who may call, kept in a file as hashes: a key is shown once, when it is made. Immutable.
/// </summary>
public sealed class ApiKeys
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly FrozenDictionary<string, string> _names;

    private ApiKeys(IEnumerable<ApiKey> keys) => _names = keys.ToFrozenDictionary(key => key.Sha256, key => key.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the file, or <see langword="null"/> where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of keys; the message says what is wrong.</exception>
    public static ApiKeys? Read(string path)
        => File.Exists(path) ? new(ReadKeys(path)) : null;

    /// <summary>Adds a key for a name to the file, which is made where there is none, and returns the key.</summary>
    /// <exception cref="InvalidDataException">The name is the suite's own.</exception>
    public static string Add(string path, string name)
    {
        if (Caller.IsReserved(name))
        {
            throw new InvalidDataException("No key may be called 'suite', under which the suite records what it does by itself.");
        }

        var key = $"ew_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        List<ApiKey> keys = File.Exists(path) ? [.. ReadKeys(path)] : [];
        keys.RemoveAll(existing => existing.Name == name);
        keys.Add(new(name, Hash(key)));
        File.WriteAllText(path, JsonSerializer.Serialize(keys, s_json));
        return key;
    }

    /// <summary>These keys and one more that lives as long as the process.</summary>
    public (ApiKeys Keys, string Key) With(string name)
    {
        var key = $"ew_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        return (new([.. _names.Select(pair => new ApiKey(pair.Value, pair.Key)), new(name, Hash(key))]), key);
    }

    /// <summary>The name that a key stands for, or <see langword="null"/>. The look-up is by hash, so its time tells nothing of a key.</summary>
    public string? NameOf(string key) => _names.GetValueOrDefault(Hash(key));

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static List<ApiKey> ReadKeys(string path)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<List<ApiKey>>(File.ReadAllText(path), s_json) ?? [];
            if (keys.Find(key => Caller.IsReserved(key.Name)) is not null)
            {
                throw new InvalidDataException(
                    $"{path}: no key may be called 'suite', under which the suite records what it does by itself.");
            }

            return keys.All(key => key is { Name.Length: > 0, Sha256.Length: 64 })
                ? keys
                : throw new InvalidDataException($"{path}: each key needs a name and a sha256 of 64 hexadecimal digits.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private sealed record ApiKey(string Name, string Sha256);
}
