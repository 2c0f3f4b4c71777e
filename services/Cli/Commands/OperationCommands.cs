using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
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
        var state = CommonOptions.Text("--state", "state", $"Those in this state only: {string.Join(", ", s_states.Keys)}.");
        state.AcceptOnlyFromAmong([.. s_states.Keys]);
        var method = CommonOptions.Text("--method", "call", $"Those of this call only: {string.Join(", ", s_methods.Keys)}.");
        method.AcceptOnlyFromAmong([.. s_methods.Keys]);
        var caller = CommonOptions.Text("--caller", "name", "Those of this caller only.");
        var limit = CommonOptions.Limit(50);
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
            async (parse, context, cancellation) =>
            {
                var operations = await Pages.ShownAsync<Operation>(context.Print, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var request = new ListOperationsRequest
                    {
                        Caller = parse.GetValue(caller) ?? "",
                        PageSize = size,
                        PageToken = token,
                    };
                    request.States.Add(parse.GetValue(state) is { } of ? [s_states[of]] : Array.Empty<State>());
                    request.Methods.Add(parse.GetValue(method) is { } call ? [s_methods[call]] : Array.Empty<Method>());
                    var page = await context.Suite.Operations.ListOperationsAsync(request, cancellationToken: cancellation);
                    return (page.Operations, page.NextPageToken);
                });
                if (context.Print.Json)
                {
                    context.Print.Objects(operations);
                    return ExitCode.Ok;
                }

                context.Print.Table(
                    ["started", "call", "state", Column.Figure("done"), "what", "ended", "caller", "operation"],
                    operations.Select(one =>
                        new Cell[]
                        {
                            DisplayText.Moment(one.CreateTime),
                            DisplayText.Label(one.Method),
                            new(DisplayText.Label(one.State), OperationText.ToneOf(one.State)),
                            one.State is State.Running or State.Succeeded ? DisplayText.Percent(one.Progress) : DisplayText.None,
                            one.Phase,
                            DisplayText.Moment(one.EndTime),
                            one.Caller,
                            NameCompletion.Id(one.Name),
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    public static EwCommand CreateGet()
    {
        var id = CommonOptions.Id("operation", "The operation's name, or its id.");
        var wait = CommonOptions.Flag("--wait", "Wait until it has ended, also over a restart of the suite.");
        var cancel = CommonOptions.Flag("--cancel", "Cancel it: its computation stops.");
        var delete = CommonOptions.Flag("--delete", "Delete it and its result; one that has not ended is cancelled.");
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
            async (parse, context, cancellation) =>
            {
                var name = NameCompletion.Of(Collection, parse.GetRequiredValue(id));
                if (parse.GetValue(delete))
                {
                    return context.Show(
                        await context.Suite.Operations.DeleteOperationAsync(new() { Name = name }, cancellationToken: cancellation),
                        _ => context.Print.Line($"{name}: deleted")
                    );
                }

                if (parse.GetValue(cancel))
                {
                    return context.Show(
                        (
                            await context.Suite.Operations.CancelOperationAsync(new() { Name = name }, cancellationToken: cancellation)
                        ).Operation,
                        operation => OperationText.PrintStanding(context.Print, operation)
                    );
                }

                return Show(
                    context,
                    parse.GetValue(wait)
                        ? await OperationWait.RunAsync(context, name, cancellation)
                        : (
                            await context.Suite.Operations.GetOperationAsync(new() { Name = name }, cancellationToken: cancellation)
                        ).Operation
                );
            }
        );
    }

    private static int Show(CommandContext context, Operation operation)
    {
        if (operation.OutcomeCase == Operation.OutcomeOneofCase.Error && !context.Print.Json)
        {
            throw Failure.Of(operation.Error, context.Settings);
        }

        context.Show(operation, shown =>
        {
            if (shown.Result is { } result)
            {
                OperationText.PrintResult(context.Print, result);
            }
            else
            {
                OperationText.PrintStanding(context.Print, shown);
            }
        });
        return operation.OutcomeCase == Operation.OutcomeOneofCase.Error ? ExitCode.Failed : ExitCode.Ok;
    }

    private static Dictionary<string, T> Named<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .Where(one => Convert.ToInt32(one, null) != 0)
            .ToDictionary(one => DisplayText.Label(one).Replace(' ', '-'), StringComparer.Ordinal);
}
