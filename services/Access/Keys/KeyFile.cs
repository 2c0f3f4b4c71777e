using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Files;
using EarlyWarning.Store.Files;

namespace EarlyWarning.Access.Keys;

/// <summary>
/// The file of who may call. Who changes it takes a lock beside it, so that of two at once neither loses what the other wrote; who reads
/// it finds a whole one. A running suite never writes it.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="time">The clock.</param>
public sealed partial class KeyFile(string path, TimeProvider time)
{
    /// <summary>The key and the one that replaces it.</summary>
    private const int MostOfAName = 2;

    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_tryEvery = TimeSpan.FromMilliseconds(20);

    // A member that this build does not know may say that less is allowed: nobody gets more by its being passed over.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Gets where it is.</summary>
    public string Path => path;

    /// <summary>Gets the clock.</summary>
    internal TimeProvider Time => time;

    /// <summary>The keys in it, expired ones too; <see langword="null"/> where there is no file.</summary>
    /// <exception cref="InvalidDataException">It is not a list of keys; the message says what is wrong.</exception>
    public IReadOnlyList<ApiKey>? Read() => FileContent.Read(path) is { } content ? Parse(content.Bytes.Span) : null;

    /// <summary>Makes a key for a name, keeps what is kept of it, and gives it: it is shown this once.</summary>
    /// <param name="name">Whom it stands for. It may have two keys, so that one can replace the other without a gap.</param>
    /// <param name="roles">What whoever shows it may; none for what the name's other key may.</param>
    /// <param name="expires">From when on it is refused; <see langword="null"/> for never.</param>
    /// <param name="cancellationToken">Ends the wait for another who changes the file.</param>
    /// <exception cref="InvalidDataException">
    /// The name is none, or has two keys, or no role, or a role is none that can be used; or the file is not a list of keys.
    /// </exception>
    public async Task<(ApiKey Kept, string Key)> AddAsync(
        string name,
        IReadOnlyList<Grant> roles,
        DateTimeOffset? expires,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (KeyName.FaultOf(name) is { } fault)
        {
            throw new InvalidDataException(fault);
        }

        if (roles.SelectMany(GrantRules.FaultsOf).FirstOrDefault() is { } unusable)
        {
            throw new InvalidDataException(unusable);
        }

        var now = time.GetUtcNow();
        var made = ApiKey.Make(name, now, roles, expires);
        await ChangeAsync(
            keys =>
            {
                // Those of the name that have expired make room: whoever is renewed each quarter would leave one each time.
                List<ApiKey> left = [.. keys.Where(key => key.Name != name || !key.HasExpired(now))];
                if (roles.Count == 0)
                {
                    made.Kept = made.Kept with { Roles = RolesOf(name, keys) };
                }

                return left.Where(key => key.Name == name).OrderBy(key => key.Made).ToList() is { Count: >= MostOfAName } held
                    ? throw new InvalidDataException(
                        $"'{name}' has {held.Count} keys already. Remove the older one, {held[0].Id}, once nobody uses it any longer: "
                            + $"keys remove '{name}' --key {held[0].Id}."
                    )
                    : [.. left, made.Kept];
            },
            cancellationToken
        );
        return made;
    }

    /// <summary>Gives the keys of a name a role, or binds one that they have otherwise, and gives what they may now.</summary>
    /// <param name="name">Whom they stand for.</param>
    /// <param name="role">The role and what it is bound to.</param>
    /// <param name="cancellationToken">Ends the wait for another who changes the file.</param>
    /// <exception cref="InvalidDataException">There is no such key, or the role is none that can be used, or the file is not a list of
    /// keys.</exception>
    public Task<IReadOnlyList<Grant>> GrantAsync(string name, Grant role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        return GrantRules.FaultsOf(role).FirstOrDefault() is { } fault
            ? throw new InvalidDataException(fault)
            : ChangeRolesAsync(name, roles => [.. roles.Where(one => one.Role != role.Role), role], cancellationToken);
    }

    /// <summary>Takes a role from the keys of a name, and gives what they may now.</summary>
    /// <param name="name">Whom they stand for.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Ends the wait for another who changes the file.</param>
    /// <exception cref="InvalidDataException">They do not have it, or have no other; or the file is not a list of keys.</exception>
    public Task<IReadOnlyList<Grant>> RevokeAsync(string name, V1.AccessRole role, CancellationToken cancellationToken) =>
        ChangeRolesAsync(
            name,
            roles =>
                roles.All(one => one.Role != role)
                    ? throw new InvalidDataException(
                        $"'{name}' has not the role {AccessRoleNames.Of(role)}, but " + $"{string.Join("; ", roles)}."
                    )
                : roles.Count == 1
                    ? throw new InvalidDataException(
                        $"{AccessRoleNames.Of(role)} is the only role of '{name}'. Remove its keys: keys remove '{name}'."
                    )
                : [.. roles.Where(one => one.Role != role)],
            cancellationToken
        );

    /// <summary>Removes the keys of a name, or one of them, and gives what was removed.</summary>
    /// <param name="name">Whom they stand for.</param>
    /// <param name="id">Which; <see langword="null"/> for all of the name.</param>
    /// <param name="cancellationToken">Ends the wait for another who changes the file.</param>
    /// <exception cref="InvalidDataException">There is none, or the file is not a list of keys.</exception>
    public async Task<IReadOnlyList<ApiKey>> RemoveAsync(string name, string? id, CancellationToken cancellationToken)
    {
        List<ApiKey> removed = [];
        await ChangeAsync(
            keys =>
            {
                removed = [.. keys.Where(key => key.Name == name && (id is null || key.Id == id))];
                return removed.Count > 0
                    ? [.. keys.Except(removed)]
                    : throw new InvalidDataException(
                        $"{path} has no key {(id is null ? "" : $"{id} ")}of '{name}'. 'keys list' shows which there are."
                    );
            },
            cancellationToken
        );
        return removed;
    }

    private static IReadOnlyList<Grant> RolesOf(string name, IReadOnlyList<ApiKey> keys) =>
        keys.Where(key => key.Name == name).MaxBy(key => key.Made)?.Roles
        ?? throw new InvalidDataException(
            $"Say what '{name}' may, with --role: {string.Join(", ", AccessRoleNames.All)}. A name that has a key needs it not: another "
                + $"gets "
                + $"the same roles."
        );

    private async Task<IReadOnlyList<Grant>> ChangeRolesAsync(
        string name,
        Func<IReadOnlyList<Grant>, IReadOnlyList<Grant>> change,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Grant> now = [];
        await ChangeAsync(
            keys =>
                keys.Any(key => key.Name == name)
                    ? [.. keys.Select(key => key.Name == name ? key with { Roles = now = change(key.Roles) } : key)]
                    : throw new InvalidDataException($"{path} has no key of '{name}'. 'keys list' shows which there are."),
            cancellationToken
        );
        return now;
    }

    private async Task ChangeAsync(Func<IReadOnlyList<ApiKey>, IReadOnlyList<ApiKey>> change, CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(cancellationToken);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(change(Read() ?? []), s_json);
        if (bytes.Length > MostBytes)
        {
            throw new InvalidDataException($"{path} would have more than {MostBytes:N0} bytes. Remove keys that nobody uses: keys list.");
        }

        DurableFile.Write(path, bytes);
    }

    private async Task<FileStream> HoldAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var at = System.IO.Path.ChangeExtension(path, ".lock");
        while (true)
        {
            try
            {
                return PrivateFile.Hold(at);
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException && File.Exists(at))
            {
                if (Stopwatch.GetElapsedTime(began) > s_patience)
                {
                    throw new IOException($"Another program changes {path} ({at} is held). Try again when it has ended.", exception);
                }
            }

            await Task.Delay(s_tryEvery, TimeProvider.System, cancellationToken);
        }
    }
}
