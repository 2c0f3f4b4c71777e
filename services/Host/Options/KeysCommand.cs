using System.CommandLine;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;
using EarlyWarning.Host.Composition;

namespace EarlyWarning.Host.Options;

/// <summary>The commands by which keys are administered, beside a running suite or without one.</summary>
internal static class KeysCommand
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Builds <c>keys</c> with all that is below it.</summary>
    public static Command Build(TimeProvider time)
    {
        var data = new Option<string>("--data")
        {
            Description = "The suite's data folder.",
            DefaultValueFactory = _ => Path.Combine("data", "suite"),
        };
        var add = Add(data, time);
        var list = new Command("list", "Lists the keys: ids, never the keys themselves.") { data };
        list.SetAction((parsed, _) => RunAsync(parsed, () =>
        {
            KeyTable.Write(parsed.InvocationConfiguration.Output, File(parsed.GetValue(data)!, time), time.GetUtcNow());
            return Task.CompletedTask;
        }));
        return new("keys", "Who may call. Once there is a key the suite asks every caller for one.") { add, list, Remove(data, time), Grant(data, time), Revoke(data, time) };
    }

    private static Command Add(Option<string> data, TimeProvider time)
    {
        var name = Name();
        var expires = new Option<KeyExpiry?>("--expires")
        {
            Description = "From when on the key is refused: days from now, the last date on which it is good (UTC), or a moment "
                + "(default: never).",
            HelpName = "90d|DATE",
            CustomParser = result => KeyExpiry.Parse(result, time.GetUtcNow()),
        };
        var roles = new RoleOptions(several: true);
        var add = new Command("add", "Makes a key for a name and prints it once. A name may have two, so that one can replace the other.")
        {
            name, data, expires,
        };
        roles.AddTo(add);
        add.SetAction((parsed, cancellationToken) => RunAsync(parsed, async () =>
        {
            var folder = parsed.GetValue(data)!;
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, Own);
            var file = File(folder, time);
            var first = file.Read() is null;
            var (kept, key) = await file.AddAsync(
                parsed.GetValue(name)!, roles.Read(parsed), parsed.GetValue(expires)?.At, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(key);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"Key {kept.Id} of '{kept.Name}', shown this once: {string.Join("; ", kept.Roles)}. A running suite takes it within 2 s."
                + (first ? " It is the first: from then on every caller needs one." : ""));
        }));
        return add;
    }

    private static Command Remove(Option<string> data, TimeProvider time)
    {
        var name = Name();
        var id = new Option<string?>("--key")
        {
            Description = "Which of the name's keys, by its id (default: all of them).",
            HelpName = "ID",
        };
        var remove = new Command(
            "remove", "Removes the keys of a name, or one of them. A running suite refuses them, and ends what is open under them.")
        {
            name, data, id,
        };
        remove.SetAction((parsed, cancellationToken) => RunAsync(parsed, async () =>
        {
            var file = File(parsed.GetValue(data)!, time);
            var removed = await file.RemoveAsync(parsed.GetValue(name)!, parsed.GetValue(id), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"Removed {string.Join(", ", removed.Select(key => key.Id))} of '{removed[0].Name}'. "
                + "A running suite refuses what was removed within 2 s.");
            if (file.Read() is [])
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"No key is left, so every caller is refused. To let everybody on this machine in again, delete {file.Path} "
                    + "and start the suite anew.");
            }
        }));
        return remove;
    }

    private static Command Grant(Option<string> data, TimeProvider time)
    {
        var name = Name();
        var roles = new RoleOptions(several: false);
        var grant = new Command("grant", "Gives the keys of a name a role beside what they have, or binds one that they have anew.") { name, data };
        roles.AddTo(grant);
        grant.SetAction((parsed, cancellationToken) => RunAsync(parsed, async () => await TellAsync(
            parsed, name, await File(parsed.GetValue(data)!, time).GrantAsync(parsed.GetValue(name)!, roles.Read(parsed)[0], cancellationToken))));
        return grant;
    }

    private static Command Revoke(Option<string> data, TimeProvider time)
    {
        var name = Name();
        var role = RoleOptions.Role(several: false);
        var revoke = new Command("revoke", "Takes a role from the keys of a name. A running suite ends what is open under them.") { name, data, role };
        revoke.SetAction((parsed, cancellationToken) => RunAsync(parsed, async () => await TellAsync(
            parsed, name, await File(parsed.GetValue(data)!, time).RevokeAsync(parsed.GetValue(name)!, parsed.GetValue(role)![0], cancellationToken))));
        return revoke;
    }

    private static Task TellAsync(ParseResult parsed, Argument<string> name, IReadOnlyList<Grant> roles)
        => parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"'{parsed.GetValue(name)}' is {string.Join("; ", roles)}. A running suite takes it within 2 s, and ends what is open under its keys.");

    private static Argument<string> Name()
        => new("name") { Description = "Whom the key stands for, such as a partner's or a person's name." };

    private static KeyFile File(string folder, TimeProvider time) => new(Path.Combine(Path.GetFullPath(folder), DataFolder.KeysFile), time);

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
}
