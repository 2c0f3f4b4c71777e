using System.CommandLine;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;
using EarlyWarning.Host.Starting;

namespace EarlyWarning.Host.Options;

/// <summary>The commands by which keys are administered, beside a running suite or without one.</summary>
internal static class KeysCommand
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Builds <c>keys</c> with all that is below it.</summary>
    public static Command Build(TimeProvider time)
    {
        SettableOptions options = new();
        KeyFileOptions file = new(options, FileOptions.Keys(options));
        var add = Add(file, time);
        var list = new Command("list", "Lists the keys: ids, never the keys themselves.") { file.Data, file.Keys };
        list.SetAction((parsed, _) => RunAsync(parsed, () =>
                {
                    KeyListing.Write(parsed.InvocationConfiguration.Output, file.Read(parsed, time), time.GetUtcNow());
                    return Task.CompletedTask;
                }));
        return new("keys", "Who may call. Once there is a key the suite asks every caller for one.")
        {
            add,
            list,
            Remove(file, time),
            Grant(file, time),
            Revoke(file, time),
        };
    }

    private static Command Add(KeyFileOptions file, TimeProvider time)
    {
        var name = Name();
        var expires = new Option<KeyExpiry?>("--expires")
        {
            Description =
                "From when on the key is refused: days from now, the last date on which it is good (UTC), or a moment "
                + "(default: never).",
            HelpName = "90d|DATE",
            CustomParser = result => KeyExpiry.Parse(result, time.GetUtcNow()),
        };
        var roles = new RoleOptions(several: true);
        var add = new Command("add", "Makes a key for a name and prints it once. A name may have two, so that one can replace the other.")
        {
            name,
            file.Data,
            file.Keys,
            expires,
        };
        roles.AddTo(add);
        add.SetAction((parsed, cancellationToken) => RunAsync(parsed, async () =>
                {
                    var keys = file.Read(parsed, time);
                    var folder = Path.GetDirectoryName(keys.Path)!;
                    _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, Own);
                    var first = keys.Read() is null;
                    var (kept, key) = await keys.AddAsync(
                        parsed.GetValue(name)!,
                        roles.Read(parsed),
                        parsed.GetValue(expires)?.At,
                        cancellationToken
                    );
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(key);
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(
                        $"Key {kept.Id} of '{kept.Name}', shown this once: {string.Join("; ", kept.Roles)}. A running suite takes it "
                            + $"within 2 s."
                            + (first ? " It is the first: from then on every caller needs one." : "")
                    );
                }));
        return add;
    }

    private static Command Remove(KeyFileOptions file, TimeProvider time)
    {
        var name = Name();
        var id = new Option<string?>("--key")
        {
            Description = "Which of the name's keys, by its id (default: all of them).",
            HelpName = "ID",
        };
        var remove = new Command(
            "remove",
            "Removes the keys of a name, or one of them. A running suite refuses them, and ends what is open under them."
        )
        {
            name,
            file.Data,
            file.Keys,
            id,
        };
        remove.SetAction((parsed, cancellationToken) => RunAsync(parsed, async () =>
                {
                    var keys = file.Read(parsed, time);
                    var removed = await keys.RemoveAsync(parsed.GetValue(name)!, parsed.GetValue(id), cancellationToken);
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(
                        $"Removed {string.Join(", ", removed.Select(key => key.Id))} of '{removed[0].Name}'. "
                            + "A running suite refuses what was removed within 2 s."
                    );
                    if (keys.Read() is [])
                    {
                        await parsed.InvocationConfiguration.Error.WriteLineAsync(
                            $"No key is left, so every caller is refused. To let everybody on this machine in again, delete {keys.Path} "
                                + "and start the suite anew."
                        );
                    }
                }));
        return remove;
    }

    private static Command Grant(KeyFileOptions file, TimeProvider time)
    {
        var name = Name();
        var roles = new RoleOptions(several: false);
        var grant = new Command("grant", "Gives the keys of a name a role beside what they have, or binds one that they have anew.")
        {
            name,
            file.Data,
            file.Keys,
        };
        roles.AddTo(grant);
        grant.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed, async () =>
                    await TellAsync(
                        parsed,
                        name,
                        await file.Read(parsed, time).GrantAsync(parsed.GetValue(name)!, roles.Read(parsed)[0], cancellationToken)
                    )
                )
        );
        return grant;
    }

    private static Command Revoke(KeyFileOptions file, TimeProvider time)
    {
        var name = Name();
        var role = RoleOptions.Role(several: false);
        var revoke = new Command("revoke", "Takes a role from the keys of a name. A running suite ends what is open under them.")
        {
            name,
            file.Data,
            file.Keys,
            role,
        };
        revoke.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed, async () =>
                    await TellAsync(
                        parsed,
                        name,
                        await file.Read(parsed, time).RevokeAsync(parsed.GetValue(name)!, parsed.GetValue(role)![0], cancellationToken)
                    )
                )
        );
        return revoke;
    }

    private static Task TellAsync(ParseResult parsed, Argument<string> name, IReadOnlyList<Grant> roles) =>
        parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"'{parsed.GetValue(name)}' is {string.Join("; ", roles)}. A running suite takes it within 2 s, and ends what is open under "
                + $"its keys."
        );

    private static Argument<string> Name() =>
        new("name") { Description = "Whom the key stands for, such as a partner's or a person's name." };

    private static async Task<int> RunAsync(ParseResult parsed, Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>By which options the file is found.</summary>
    private sealed record KeyFileOptions(SettableOptions Options, Option<string?> Keys)
    {
        public Option<string?> Data => Options.Data;

        public KeyFile Read(ParseResult parsed, TimeProvider time) =>
            new(
                parsed.GetValue(Keys) is { Length: > 0 } named
                    ? Path.GetFullPath(named)
                    : Path.Combine(Path.GetFullPath(Options.Folder(parsed) ?? Path.Combine("data", "suite")), DataFolder.KeysFile),
                time
            );
    }
}
