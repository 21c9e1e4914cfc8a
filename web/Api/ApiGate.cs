using Slotwright.Accounts;
using Slotwright.Limits;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>What every call passes: credentials, pace, input; and what becomes of its error.</summary>
internal sealed partial class ApiGate(ApiCredentials credentials, ApiPace pace, Faces faces, TimeProvider time, ILogger<ApiGate> log)
{
    /// <summary>An endpoint whose act answers the call, or says why not. A paused account's are refused.</summary>
    public RequestDelegate Serve(Func<ApiCall, Task<ApiError?>> act) => context => Run(new ApiCall(context), async call => await Paused(call) ?? await act(call));

    /// <summary>The same where the act's own transaction judges a pause: a repeat by its key gets the first answer also while the account is paused.</summary>
    public RequestDelegate ServeAlsoPaused(Func<ApiCall, Task<ApiError?>> act) => context => Run(new ApiCall(context), act);

    /// <summary>The same without credentials, for what is public.</summary>
    public RequestDelegate ServePublic(Func<ApiCall, Task<ApiError?>> act) => context => Guard(new ApiCall(context), act);

    private Task Run(ApiCall call, Func<ApiCall, Task<ApiError?>> act) =>
        Guard(call, async entering => await Enter(entering) ?? await act(entering));

    private async Task Guard(ApiCall call, Func<ApiCall, Task<ApiError?>> act)
    {
        ApiError? error;
        try
        {
            error = await act(call);
        }
        catch (OperationCanceledException) when (call.Context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault) when (!call.Context.Response.HasStarted)
        {
            error = Faults.Explain(fault);
            if (error.Status >= StatusCodes.Status500InternalServerError)
            {
                Failed(log, fault, call.Context.Request.Method, error.Status);
            }
        }

        if (error is not null)
        {
            await ApiAnswers.Refuse(call.Context, call.Format, error);
        }
    }

    /// <summary>Credentials of the header are judged before the body is read; those among the parameters cannot be.</summary>
    private async ValueTask<ApiError?> Enter(ApiCall call)
    {
        if (pace.RefusesStrangers(call.Context) is { } tooMany)
        {
            return tooMany;
        }

        var header = call.Context.Request.Headers.Authorization.ToString();
        var queryError = call.ReadQuery();
        AccountReference? account = null;
        var byHeader = ApiCredentials.IsKnownScheme(header);
        if (byHeader)
        {
            account = await credentials.ByHeader(header, call.Input[ApiField.Account]);
            if (account is null || IsElsewhere(call, account))
            {
                return Stranger(call);
            }

            if (pace.Refuses(account.AccountId) is { } tooFast)
            {
                return tooFast;
            }
        }

        var error = queryError ?? await call.ReadBody(time);
        if (byHeader)
        {
            call.Account = account!;
            return error;
        }

        account = await credentials.ByParameters(call.Input[ApiField.Account], call.Input[ApiField.ApiKey]);
        if (account is null || IsElsewhere(call, account))
        {
            return error is { Status: not StatusCodes.Status400BadRequest } ? error : Stranger(call);
        }

        call.Account = account;
        return pace.Refuses(account.AccountId) ?? error;
    }

    private async ValueTask<ApiError?> Paused(ApiCall call) =>
        await faces.Account(call.Account.AccountId) is { IsPaused: true } ? ApiError.Paused : null;

    // On an account's own host every other key is nobody's.
    private static bool IsElsewhere(ApiCall call, AccountReference account) =>
        call.Context.Site().Account is { } own && own.Id != account.AccountId;

    private ApiError Stranger(ApiCall call)
    {
        pace.CountStranger(call.Context);
        return ApiError.Unauthorised;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "An API call ({Method}) failed and was answered with {Status}")]
    private static partial void Failed(ILogger log, Exception fault, string method, int status);
}
