using System.CommandLine;
using System.Globalization;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew backup</c>, <c>ew doctor</c> and <c>ew resume</c>.</summary>
internal static class StoreCommands
{
    public static EwCommand CreateBackup()
    {
        var file = new Argument<string>("file")
        {
            Description = "The copy's name, without a path. Default: one made of the time.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => "",
        };
        return new EwCommand(
            "backup",
            "Copies the running suite's whole store, its archive included, into a file, " + "and reads the copy back.",
            "ew backup",
            "ew backup before-upgrade.db"
        )
        {
            file,
        }
            .Explained(
                "The suite writes the copy on its own machine, below the data folder's backups, while it goes on taking observations. "
                    + "It counts only when its\n"
                    + "structure and every entry were read back. Copy it to another machine. The suite's --restore fills an empty folder, "
                    + "or database, from it."
            )
            .TakesLong()
            .Does(
                async (parse, context, cancellation) =>
                {
                    var request = new BackUpStoreRequest { FileName = parse.GetValue(file) };
                    using var call = context.Suite.Server.BackUpStore(request, cancellationToken: cancellation);
                    var last = new BackUpStoreResponse();
                    while (await call.ResponseStream.MoveNext(cancellation))
                    {
                        last = call.ResponseStream.Current;
                        if (context.Print.Json)
                        {
                            context.Print.Object(last);
                        }
                    }

                    if (last.Backup is not { } backup)
                    {
                        throw new CliException(
                            "the suite ended the backup without a copy. `ew status` says how the store stands.",
                            ExitCode.Failed
                        );
                    }

                    if (!context.Print.Json)
                    {
                        Print(context.Print, backup);
                    }

                    return ExitCode.Ok;
                }
            );
    }

    public static EwCommand CreateDoctor() =>
        new EwCommand("doctor", "Checks everything the suite has stored, and says what does not hold.", "ew doctor")
            .Explained(
                "It folds every journal and compares breaches, events, messages, cases and due times with each other. It changes nothing."
            )
            .TakesLong()
            .Does(
                async (_, context, cancellation) =>
                {
                    var response = await context.Suite.Server.CheckStoreAsync(new(), cancellationToken: cancellation);
                    context.Show(response, found =>
                    {
                        foreach (var check in found.Checks)
                        {
                            context.Print.Line(
                                $"{(check.Violations.Count == 0 ? "holds" : "DOES NOT HOLD")} ({check.Looked} looked at): {check.Promise}"
                            );
                            foreach (var violation in check.Violations)
                            {
                                context.Print.Line($"  {violation}");
                            }
                        }
                    });
                    return response.Checks.Any(check => check.Violations.Count > 0) ? ExitCode.Failed : ExitCode.Ok;
                }
            );

    public static EwCommand CreateResume() =>
        new EwCommand(
            "resume",
            "Says that this store is the one: takes it over as it is, " + "and turns intake and sending on again.",
            "ew resume"
        )
            .Explained(
                "For a store that is quiet because it was restored or copied, and for one that is refused because it was emptied, "
                    + "rolled back, replaced or\n"
                    + "written by somebody else. See first that no other suite works with the same data: both would warn."
            )
            .Does(
                async (_, context, cancellation) =>
                    context.Show(await context.Suite.Server.ResumeStoreAsync(new(), cancellationToken: cancellation), taken =>
                        context.Print.Line($"The store is in use, in epoch {taken.Epoch}.")
                    )
            );

    private static void Print(Printer print, StoreBackup backup)
    {
        print.Line(backup.File);
        print.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{backup.SizeBytes / 1e6:0.0} MB, {backup.Entries} entries of {backup.Journals} journals, read back and whole, in "
                    + $"{backup.Duration?.ToTimeSpan().TotalSeconds:0.0} s"
            )
        );
        if (backup.MissingArchives.Count > 0)
        {
            print.Line(
                $"WITHOUT what is in {string.Join(", ", backup.MissingArchives)}: missing in the archive. Put it back, and make another."
            );
        }
    }
}
