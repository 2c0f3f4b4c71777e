using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew operations</c> and <c>ew operation</c>: what was started with <c>--detach</c>.</summary>
internal static class OperationCommands
{
    private const string Collection = "operations";
    private const int LargestPage = 500;
    private static readonly Dictionary<string, State> s_states = Named<State>();
    private static readonly Dictionary<string, Method> s_methods = Named<Method>();

    public static EwCommand CreateList()
    {
        var state = Shared.Text("--state", "state", $"Those in this state only: {string.Join(", ", s_states.Keys)}.");
        state.AcceptOnlyFromAmong([.. s_states.Keys]);
        var method = Shared.Text("--method", "call", $"Those of this call only: {string.Join(", ", s_methods.Keys)}.");
        method.AcceptOnlyFromAmong([.. s_methods.Keys]);
        var caller = Shared.Text("--caller", "name", "Those of this caller only.");
        var limit = Shared.Limit(50);
        return new EwCommand(
            "operations",
            "Lists the long commands that were started with --detach, the last one first.",
            "ew operations --state running"
        )
        {
            state,
            method,
            caller,
            limit,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var operations = await Pages.ShownAsync<Operation>(session, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var request = new ListOperationsRequest
                    {
                        Caller = parse.GetValue(caller) ?? "",
                        PageSize = size,
                        PageToken = token,
                    };
                    request.States.Add(parse.GetValue(state) is { } of ? [s_states[of]] : Array.Empty<State>());
                    request.Methods.Add(parse.GetValue(method) is { } call ? [s_methods[call]] : Array.Empty<Method>());
                    var page = await session.Suite.Operations.ListOperationsAsync(request, cancellationToken: cancellation);
                    return (page.Operations, page.NextPageToken);
                });
                if (session.Print.Json)
                {
                    session.Print.Objects(operations);
                    return ExitCode.Ok;
                }

                session.Print.Table(
                    ["started", "call", "state", Column.Figure("done"), "what", "ended", "caller", "operation"],
                    operations.Select(one =>
                        new Cell[]
                        {
                            Wording.Moment(one.CreateTime),
                            Wording.Label(one.Method),
                            new(Wording.Label(one.State), OperationText.ToneOf(one.State)),
                            one.State is State.Running or State.Succeeded ? Wording.Percent(one.Progress) : Wording.None,
                            one.Phase,
                            Wording.Moment(one.EndTime),
                            one.Caller,
                            Names.Id(one.Name),
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    public static EwCommand CreateGet()
    {
        var id = Shared.Id("operation", "The operation's name, or its id.");
        var wait = Shared.Flag("--wait", "Wait until it has ended, also over a restart of the suite.");
        var cancel = Shared.Flag("--cancel", "Cancel it: its computation stops.");
        var delete = Shared.Flag("--delete", "Delete it and its result; one that has not ended is cancelled.");
        var command = new EwCommand(
            "operation",
            "Shows how a long command stands that was started with --detach, or prints its result as the command would have.",
            "ew operation 4f0c2d9a11b37e58 --wait",
            "ew operation 4f0c2d9a11b37e58 --cancel"
        )
        {
            id,
            wait,
            cancel,
            delete,
        };
        command.Validators.Add(result =>
        {
            if (new[] { wait, cancel, delete }.Count(result.GetValue) > 1)
            {
                result.AddError("--wait, --cancel and --delete exclude each other.");
            }
        });
        return command.Does(
            async (parse, session, cancellation) =>
            {
                var name = Names.Of(Collection, parse.GetRequiredValue(id));
                if (parse.GetValue(delete))
                {
                    return session.Show(
                        await session.Suite.Operations.DeleteOperationAsync(new() { Name = name }, cancellationToken: cancellation),
                        _ => session.Print.Line($"{name}: deleted")
                    );
                }

                if (parse.GetValue(cancel))
                {
                    return session.Show(
                        (
                            await session.Suite.Operations.CancelOperationAsync(new() { Name = name }, cancellationToken: cancellation)
                        ).Operation,
                        operation => OperationText.PrintStanding(session.Print, operation)
                    );
                }

                return Show(
                    session,
                    parse.GetValue(wait)
                        ? await OperationWait.RunAsync(session, name, cancellation)
                        : (
                            await session.Suite.Operations.GetOperationAsync(new() { Name = name }, cancellationToken: cancellation)
                        ).Operation
                );
            }
        );
    }

    private static int Show(Session session, Operation operation)
    {
        if (operation.OutcomeCase == Operation.OutcomeOneofCase.Error && !session.Print.Json)
        {
            throw Failure.Of(operation.Error, session.Settings);
        }

        session.Show(operation, shown =>
        {
            if (shown.Result is { } result)
            {
                OperationText.PrintResult(session.Print, result);
            }
            else
            {
                OperationText.PrintStanding(session.Print, shown);
            }
        });
        return operation.OutcomeCase == Operation.OutcomeOneofCase.Error ? ExitCode.Failed : ExitCode.Ok;
    }

    private static Dictionary<string, T> Named<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .Where(one => Convert.ToInt32(one, null) != 0)
            .ToDictionary(one => Wording.Label(one).Replace(' ', '-'), StringComparer.Ordinal);
}
