// A partner's program. Address and key come from EW_ENDPOINT (default http://127.0.0.1:5051) and EW_API_KEY.
// Usage: dotnet run -c Release --project samples/csharp -- first-call [COUNTRY] | stream FILE | watch TOKEN-FILE [COUNTRY...]
// Exit codes: 0 done; 1 refused, put it right first; 75 not now, run the same again.
using EarlyWarning.Samples;
using Grpc.Core;

using var suite = new Suite();
using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    ending.Cancel();
};
try
{
    switch (args)
    {
        case ["first-call", .. var country] when country.Length < 2:
            return await FirstCall.RunAsync(suite.Calls, country is [var code] ? code : "XAQ");
        case ["stream", var file]:
            return await new Feed(suite.Calls, file).RunAsync();
        case ["watch", var file, .. var countries]:
            return await new BreachWatch(suite.Calls, file, countries).RunAsync(ending.Token);
        default:
            Console.Error.WriteLine("Usage: first-call [COUNTRY] | stream FILE | watch TOKEN-FILE [COUNTRY...]");
            return 1;
    }
}
catch (RpcException error)
{
    Console.Error.WriteLine(Refusal.Words(error));
    return Refusal.IsPassing(error) ? 75 : 1;
}
catch (HttpIOException error)
{
    Console.Error.WriteLine(error.Message);
    return 75;
}
